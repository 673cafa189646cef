Feature: A Pod runs where what it requests is free
  A request is what a node must have left for the Pod. It is reserved for the Pod and counted, whether it is used or not.

  Scenario: A Pod that requests more CPU than any node has stays Pending
    When I apply "pod-nginx-request.yaml"
    Then Pod "nginx-pod-request" is Pending because of "Insufficient cpu"
    When I run "kubectl replace --force -f pod-nginx-request-1.yaml"
    Then Pod "nginx-pod-request" is Running

  Scenario: A node adds up what its Pods request
    Given I apply "pod-nginx-request-1.yaml"
    And Pod "nginx-pod-request" is ready
    When I run "kubectl describe nodes"
    Then the output counts "1" CPU for Pod "nginx-pod-request" in the sum of its node
    When I delete Pod "nginx-pod-request"
    And Pod "nginx-pod-request" is gone
    And I run "kubectl describe nodes"
    Then the output counts no CPU for Pod "nginx-pod-request"

  Scenario: 1000m is one CPU, and 100m is a tenth of it
    When I apply "pod-units.yaml"
    And I run "kubectl get pod pod-units -o jsonpath='{.spec.containers[*].resources.requests.cpu}'"
    Then the output shows "1 100m"
    And Pod "pod-units" matches:
      """yaml
      spec: {containers: [{name: whole, resources: {requests: {cpu: 1}}}, {name: tenth, resources: {requests: {cpu: 100m}}}]}
      """
