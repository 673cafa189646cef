Feature: A StatefulSet's Pod finds its data again
  Each Pod has a volume claim with its number. The claim outlives the Pod, and the Pod that comes back uses the same one.

  Scenario: What a Pod wrote is there for the one that comes back
    Given I apply "sf-storage.yaml"
    And StatefulSet "sf-nginx" is rolled out within 1 minute
    And I run "kubectl exec sf-nginx-0 -- sh -c 'echo remembered > /usr/share/nginx/html/written'"
    When I delete Pod "sf-nginx-0"
    Then Pod "sf-nginx-0" comes back with the same name
    When I try "kubectl exec sf-nginx-0 -- cat /usr/share/nginx/html/written"
    Then the output shows "remembered"
