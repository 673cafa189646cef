Feature: kube-proxy turns Services into rules on every node
  A cluster IP does not belong to any machine: each node has rules that send packets for it to one of the Pods.

  Background:
    Given I apply "rs-appjs.yaml"
    And I apply "svc-node.yaml"
    And Service "appjs-service-nodeport" has 3 endpoints

  Scenario: It works with iptables
    When I request "http://localhost:10249/proxyMode" from a node
    Then the answer shows "iptables"

  Scenario: The rules know the address, the port and every Pod
    When I run "kubectl get service appjs-service-nodeport"
    Then the output has the columns:
      | NAME                   | TYPE     | EXTERNAL-IP | PORT(S)      |
      | appjs-service-nodeport | NodePort | <none>      | 80:30123/TCP |
    And the rules of every node know the cluster IP of Service "appjs-service-nodeport"
    And the rules of every node take port 30123 for Service "appjs-service-nodeport"
    And the rules of every node lead Service "appjs-service-nodeport" to 3 pods
    When I run "kubectl scale replicaset rs-appjs --replicas=2"
    Then the rules of every node lead Service "appjs-service-nodeport" to 2 pods
    When I delete Service "appjs-service-nodeport"
    Then no rule of any node is left for Service "appjs-service-nodeport"

  Scenario: A request that its Pod does not answer is not sent to another one
    Given I apply "deaf.yaml"
    And ReplicaSet "rs-deaf" has 1 ready pod
    And Service "appjs-service-nodeport" has 4 endpoints
    When I request "/" of Service "appjs-service-nodeport" on port 80 from a node
    Then of 30 such requests some are answered and some are not
