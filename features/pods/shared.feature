Feature: What the containers of a Pod share
  They share the Pod's address and its ports, and a volume that both mount. Each has processes and a file system of its own.

  Background:
    Given I apply "shared-pod.yaml"
    And Pod "shared-pod" is ready

  Scenario: What one container writes to a volume, the other one reads
    When I run "kubectl exec shared-pod -c author -- sh -c 'echo written by the author > /pages/index.html'"
    Then Pod "shared-pod" answers "written by the author" on port 80 from a node

  Scenario: Each container sees its own processes only
    When I run "kubectl exec shared-pod -c author -- cat /proc/1/comm"
    Then the output shows "sleep"
    When I run "kubectl exec shared-pod -c web -- cat /proc/1/comm"
    Then the output shows "nginx"

  Scenario: A port that one container has opened is taken for the other
    When I try "kubectl exec shared-pod -c author -- httpd -p 80 -h /pages"
    Then kubectl refuses with "Address already in use"
    When I run "kubectl exec shared-pod -c author -- sh -c 'echo another port > /pages/index.html; httpd -p 81 -h /pages'"
    Then Pod "shared-pod" answers "another port" on port 81 from a node
