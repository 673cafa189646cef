Feature: A container gets no more than its limits
  Over its CPU limit a container is throttled; over its memory limit it is killed and restarted. A container without limits
  may use all that its node has.

  Scenario: Over its CPU limit a container is slowed down, not ended
    Given I apply "limit-nginx.yaml"
    And Pod "nginx-pod-limits" is ready
    When I run "kubectl exec nginx-pod-limits -- sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'"
    Then container "nginx-container" of Pod "nginx-pod-limits" has been throttled at least 3 times
    And container "nginx-container" of Pod "nginx-pod-limits" has restarted 0 times
    And Pod "nginx-pod-limits" is still the same Pod

  Scenario: Over its memory limit a container is killed and restarted
    Given I apply "limit-memory.yaml"
    And Pod "memory-pod-limits" is ready
    When I run "kubectl exec memory-pod-limits -- kill -USR1 1"
    Then the last run of container "hungry" of Pod "memory-pod-limits" ended with "OOMKilled"
    And container "hungry" of Pod "memory-pod-limits" has restarted 1 time
    And Pod "memory-pod-limits" is still the same Pod

  Scenario: Without limits a container may use the whole node
    Given I apply "pod-nginx.yaml"
    And Pod "nginx-pod" is ready
    When I try "kubectl exec nginx-pod -- dd if=/dev/zero of=/dev/null bs=150M count=1"
    Then the output shows "1+0 records out"
    When I run "kubectl exec nginx-pod -- sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'"
    Then container "nginx-container" of Pod "nginx-pod" has never been throttled
    And container "nginx-container" of Pod "nginx-pod" may use the whole node

  Scenario: Requests and limits decide the QoS class of a Pod
    When I apply "limit-nginx.yaml"
    And I apply "pod-nginx-request.yaml"
    And I apply "pod-nginx.yaml"
    Then Pod "nginx-pod-limits" has the QoS class "Guaranteed"
    And Pod "nginx-pod-request" has the QoS class "Burstable"
    And Pod "nginx-pod" has the QoS class "BestEffort"

  Scenario: A limit without a request is also the request
    When I apply "limit-nginx.yaml"
    Then Pod "nginx-pod-limits" matches:
      """yaml
      spec: {containers: [{name: nginx-container, resources: {requests: {cpu: 200m, memory: 100Mi}}}]}
      """
