Feature: One door, several hosts
  The same node port leads to different pages, by the name under which it is asked.

  Background:
    Given the ingress controller is installed
    And host "node1.example.com" is a worker node
    And host "node2.example.com" is a worker node
    And I apply "marvel-heroes.yaml"
    And Deployment "marvel" is rolled out
    And Deployment "thor" is rolled out

  Scenario: Each host has its page, and an unknown one the default backend
    When I apply "by-host.yaml"
    And I run "kubectl describe ingress marvel-heroes-ingress"
    Then the output shows "marvel-service:80"
    When I request "http://node1.example.com:30100/" from outside
    Then the answer shows "MARVEL"
    When I request "http://node2.example.com:30100/" from outside
    Then the answer shows "THOR"
    Given host "node3.example.com" is a worker node
    When I request "http://node3.example.com:30100/" from outside
    Then the answer has status 404
