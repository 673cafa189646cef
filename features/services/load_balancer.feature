Feature: A load balancer gives a Service an address of its own
  Kubernetes only asks for an address, and something else has to assign it: the provider in a cloud, MetalLB here.

  Background:
    Given MetalLB is installed
    And I apply "webui.yaml"
    And Deployment "webui" is rolled out

  Scenario: The address is given and answers
    When I apply "loadbalancer-service.yaml"
    Then Service "loadbalancer-service" has an external address
    And Service "loadbalancer-service" answers "webui" on port 80 of its external address from outside
    And Service "loadbalancer-service" answers "webui" on its node port from outside

  Scenario: Where no controller serves its class, it stays pending, and its node port works
    When I apply "loadbalancer-nobody.yaml"
    Then Service "loadbalancer-service" waits for an external address for 3 seconds
    And Service "loadbalancer-service" answers "webui" on its node port from outside
