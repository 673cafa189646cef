Feature: What a Service gets by default
  Without a type it is a ClusterIP, without an address it gets a free one of the cluster's range, and a NodePort without a port gets
  a free one of the nodes' range. An address or a port outside these ranges is refused.

  Scenario: Without a type it is a ClusterIP, with an address of the cluster's range
    Given the cluster gives Services addresses of "10.96.0.0/12"
    When I apply "svc-appjs.yaml"
    Then Service "appjs-service" matches:
      """yaml
      spec: {type: ClusterIP, clusterIP: !matches '10[.](9[6-9]|10[0-9]|11[01])[.].+', sessionAffinity: None}
      """

  Scenario: A Service made by kubectl expose is a ClusterIP too
    Given I apply "rs-appjs.yaml"
    When I run "kubectl expose replicaset rs-appjs --port=80 --target-port=8080"
    And I run "kubectl get service rs-appjs"
    Then the output has the columns:
      | NAME     | TYPE      | EXTERNAL-IP | PORT(S) |
      | rs-appjs | ClusterIP | <none>      | 80/TCP  |

  Scenario: An address outside the cluster's range is refused
    Given the cluster gives Services addresses of "10.96.0.0/12"
    When I run "kubectl get servicecidrs"
    Then the output has the columns:
      | NAME       | CIDRS        |
      | kubernetes | 10.96.0.0/12 |
    When I try "kubectl apply -f svc-far.yaml"
    Then kubectl refuses with "does not match the current range"

  Scenario: A Service keeps its address as long as it exists
    Given the cluster gives Services addresses of "10.96.0.0/12"
    And I apply "clusterip-service.yaml"
    When I try "kubectl patch service clusterip-service -p '{\"spec\": {\"clusterIP\": \"10.100.100.101\"}}'"
    Then kubectl refuses with "may not change once set"

  Scenario: Without a port a NodePort gets one of the nodes' range
    When I apply "svc-free-port.yaml"
    Then Service "appjs-service-free-port" matches:
      """yaml
      spec: {ports: [{port: 80, nodePort: !at-least 30000}, {port: 80, nodePort: !at-most 32767}]}
      """

  Scenario: The first port after the nodes' range is refused
    When I try "kubectl apply -f svc-high-port.yaml"
    Then kubectl refuses with "The range of valid ports is 30000-32767"

  Scenario: Session affinity lasts three hours by default
    When I apply "svc-affinity.yaml"
    Then Service "appjs-service-affinity" matches:
      """yaml
      spec: {sessionAffinityConfig: {clientIP: {timeoutSeconds: 10800}}}
      """
