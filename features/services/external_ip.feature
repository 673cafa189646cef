Feature: A Service may answer at an address that leads to a node
  With externalIPs a Service answers at its own port on addresses that Kubernetes does not assign, and that lead to one of its nodes.

  Scenario: The address of a node becomes an address of the Service
    Given I apply "rs-appjs.yaml"
    And I apply "svc-appjs.yaml"
    And Service "appjs-service" has 3 endpoints
    And host "node1.example.com" is a worker node
    When I give Service "appjs-service" the address of host "node1.example.com" as external IP
    And I request "http://node1.example.com" from outside
    Then the answer comes from a pod of ReplicaSet "rs-appjs"
    And Service "appjs-service" answers "rs-appjs" on port 80 of its external address from outside
