Feature: Change the image of a running Pod
  The image is one of the few fields of a running Pod that may change. The Pod stays; its container is replaced.

  Background:
    Given I apply "webserver.yaml"
    And Pod "webserver" is ready

  Scenario: Only the container is replaced
    When I run "kubectl set image pod/webserver webserver=nginx:1.15"
    Then Pod "webserver" has image "nginx:1.15" in container "webserver"
    And container "webserver" of Pod "webserver" runs image "nginx:1.15"
    And container "webserver" of Pod "webserver" has restarted 1 time
    And Pod "webserver" is still the same Pod
    And Pod "webserver" is ready

  Scenario: The events show how the container was replaced
    When I edit Pod "webserver":
      """yaml
      spec: {containers: [{name: webserver, image: "nginx:1.15"}]}
      """
    Then Pod "webserver" shows the events "Killing, Pulled, Created, Started" in this order
