Feature: A load balancer gives a Service an address of its own
  Kubernetes only asks for it: somebody has to give the address. In a cloud that is the provider, here it is MetalLB.

  Background:
    Given MetalLB is installed
    And I apply "webui.yaml"
    And Deployment "webui" is rolled out

  Scenario: The address is given and answers
    When I apply "loadbalancer-service.yaml"
    Then Service "loadbalancer-service" has an external address
    And Service "loadbalancer-service" answers "webui" on port 80 of its external address from outside
    And Service "loadbalancer-service" answers "webui" on its node port from outside

  Scenario: Where nobody serves its class, it stays pending and is a node port all the same
    When I apply "loadbalancer-nobody.yaml"
    Then Service "loadbalancer-service" waits for an external address for 3 seconds
    And Service "loadbalancer-service" answers "webui" on its node port from outside
