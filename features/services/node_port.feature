Feature: A node port opens a Service to the outside
  Every node takes requests at that port, whether it runs one of the Pods or not. There is one range for these ports, and each is taken once
  (30200 is the ingress controller's in this cluster, so the lab's second one is 30201).

  Background:
    Given I apply "rs-appjs.yaml"
    And ReplicaSet "rs-appjs" has 3 ready pods

  Scenario: The port of every node leads to the Pods
    When I apply "svc-node.yaml"
    Then port 30123 of every node answers "rs-appjs" from outside
    And Service "appjs-service-nodeport" answers "rs-appjs" on port 80 from a node

  Scenario: A node reaches the port at its own address as well as at the others'
    When I apply "svc-node.yaml"
    Then Service "appjs-service-nodeport" answers "rs-appjs" on its node port from a node
    And port 30123 of every node answers "rs-appjs" from a node

  Scenario: A fixed address and a fixed port together
    Given the cluster gives Services addresses of "10.96.0.0/12"
    And I apply "webui.yaml"
    And I apply "testpod.yaml"
    And Deployment "webui" is rolled out
    And host "node1.example.com" is a worker node
    When I apply "nodeport-service.yaml"
    And I request "http://node1.example.com:30201" from outside
    Then the answer comes from a pod of Deployment "webui"
    When I request "http://10.100.100.100" from Pod "testpod"
    Then the answer shows "webui"

  Scenario: A port outside the range is refused
    When I try "kubectl create service nodeport far --tcp=80:8080 --node-port=29999"
    Then kubectl refuses with "The range of valid ports is 30000-32767"

  Scenario: A port that is taken is refused
    Given I apply "svc-node.yaml"
    When I try "kubectl create service nodeport second --tcp=80:8080 --node-port=30123"
    Then kubectl refuses with "provided port is already allocated"
