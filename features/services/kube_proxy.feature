Feature: kube-proxy turns Services into rules on every node
  A cluster IP belongs to no machine: each node has rules that send its packets to one of the Pods.

  Background:
    Given I apply "rs-appjs.yaml"
    And I apply "svc-node.yaml"
    And Service "appjs-service-nodeport" has 3 endpoints

  Scenario: It works with iptables
    When I request "http://localhost:10249/proxyMode" from a node
    Then the answer shows "iptables"

  Scenario: The rules know the address, the port and every Pod
    Then the rules of a node know the cluster IP of Service "appjs-service-nodeport"
    And the rules of a node take port 30123 for Service "appjs-service-nodeport"
    And the rules of a node lead Service "appjs-service-nodeport" to 3 pods
    When I run "kubectl scale replicaset rs-appjs --replicas=2"
    Then the rules of a node lead Service "appjs-service-nodeport" to 2 pods
    When I delete Service "appjs-service-nodeport"
    Then no rule of a node is left for Service "appjs-service-nodeport"
