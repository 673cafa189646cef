Feature: A StatefulSet grows and shrinks at its highest number
  Scaling in deletes the Pod with the highest number first, scaling out adds the next number; and both wait while a Pod with a lower
  number is not ready.

  Scenario: Scaling in removes the highest number, scaling out adds the next ones
    Given I apply "sf-nginx.yaml"
    And StatefulSet "sf-nginx" is rolled out within 1 minute
    When I run "kubectl scale statefulset sf-nginx --replicas=2"
    Then StatefulSet "sf-nginx" has the pods 0, 1
    And Pod "sf-nginx-2" is gone
    When I run "kubectl scale statefulset sf-nginx --replicas=4"
    Then StatefulSet "sf-nginx" has the pods 0, 1, 2, 3 within 1 minute
    And the pods 2, 3 of StatefulSet "sf-nginx" were created one after another
    When I run "kubectl scale statefulset sf-nginx --replicas=1"
    Then StatefulSet "sf-nginx" has the pods 0
    And the pods 3, 2, 1 of StatefulSet "sf-nginx" were deleted one after another

  Scenario: Scaling in waits while a Pod with a lower number is not ready
    Given I apply "sf-nginx-probe.yaml"
    And StatefulSet "sf-nginx" is rolled out within 1 minute
    When I run "kubectl exec sf-nginx-0 -- mv /usr/share/nginx/html/index.html /tmp/"
    Then Pod "sf-nginx-0" has 0 of 1 containers ready
    When I run "kubectl scale statefulset sf-nginx --replicas=1"
    Then StatefulSet "sf-nginx" keeps 3 pods for 3 seconds
    When I run "kubectl exec sf-nginx-0 -- mv /tmp/index.html /usr/share/nginx/html/"
    Then StatefulSet "sf-nginx" has the pods 0
