Feature: A StatefulSet gives each Pod a name to keep
  The servers of a database are not interchangeable: each has its number, its address and its data. The StatefulSet creates them one after
  another, and replaces a lost one under its own name.

  Scenario: Pods are numbered from 0 and created one after another
    When I apply "sf-nginx.yaml"
    Then StatefulSet "sf-nginx" has the pods 0, 1, 2 within 1 minute
    And the pods 0, 1, 2 of StatefulSet "sf-nginx" were created one after another
    When I delete StatefulSet "sf-nginx"
    Then no Pod is left

  Scenario: A deleted Pod comes back with its name and its DNS name
    Given I apply "sf-nginx.yaml"
    And StatefulSet "sf-nginx" is rolled out within 1 minute
    When I delete Pod "sf-nginx-1"
    Then Pod "sf-nginx-1" comes back with the same name
    And Service "sf-nginx-service" has 3 endpoints
    When I try "kubectl exec sf-nginx-0 -- getent hosts sf-nginx-1.sf-nginx-service"
    Then the output shows the IP of Pod "sf-nginx-1"
    When I run "kubectl exec sf-nginx-1 -- cat /etc/hostname"
    Then the output shows "sf-nginx-1"

  Scenario: With the policy Parallel all Pods are created at once
    When I apply "sf-nginx-parallel.yaml"
    Then the pods 0, 1, 2 of StatefulSet "sf-nginx" were created at once
    And StatefulSet "sf-nginx" has the pods 0, 1, 2 within 1 minute

  Scenario: A Pod that does not end when asked is killed after its grace period
    Given I apply "sf-grace.yaml"
    And StatefulSet "sf-grace" is rolled out
    When I delete Pod "sf-grace-0"
    Then Pod "sf-grace-0" is killed after 2 seconds
