Feature: A Pod from a YAML file
  What has happened to a Pod, from being scheduled to the start of its container, is in its events;
  what it is for, is in its labels.

  Background:
    Given I apply "webserver.yaml"

  Scenario: The Pod is what the file declares
    Then Pod "webserver" is as declared
    And Pod "webserver" has label "run=webserver"
    And Pod "webserver" is ready

  Scenario: The events show how the Pod was started
    Then Pod "webserver" shows the events "Scheduled, Pulled, Created, Started" in this order

  Scenario: kubectl describe shows labels and events
    Given Pod "webserver" is ready
    When I run "kubectl describe pod webserver"
    Then the output shows, in this order:
      """
      run=webserver
      Scheduled
      Pulled
      Created
      Started
      """
