Feature: A cluster IP is an address inside the cluster only
  A Service of type ClusterIP has one address for all its Pods. The manifest may name the address, which means nothing outside the cluster.

  Background:
    Given the cluster gives Services addresses of "10.96.0.0/12"
    And I apply "webui.yaml"
    And I apply "clusterip-service.yaml"
    And I apply "testpod.yaml"
    And Deployment "webui" is rolled out
    And Pod "testpod" is ready

  Scenario: It is reached from a Pod and from a node, and not from outside
    Then Service "clusterip-service" matches:
      """yaml
      spec: {type: ClusterIP, clusterIP: 10.100.100.100}
      """
    When I request "http://10.100.100.100" from Pod "testpod"
    Then the answer comes from a pod of Deployment "webui"
    And 12 such requests are answered by 3 pods
    And Service "clusterip-service" answers "webui" on port 80 from a node
    When I request "http://10.100.100.100" from outside
    Then there is no answer
    When I edit Service "clusterip-service":
      """yaml
      spec: {type: NodePort}
      """
    Then Service "clusterip-service" answers "webui" on its node port from outside

  Scenario: It is known to the rules of the nodes, and to no interface and no route
    Then the rules of every node know the cluster IP of Service "clusterip-service"
    When I run "ip addr" on every node
    Then the output shows "inet 127.0.0.1/8"
    And the output does not show "10.100.100.100"
    When I run "ip route show table all" on every node
    Then the output shows "local 127.0.0.1 dev lo"
    And the output does not show "10.100.100"
