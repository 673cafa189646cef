Feature: One node port, several hosts
  The same node port leads to different pages, depending on the host name in the request.

  Background:
    Given the ingress controller is installed
    And host "node1.example.com" is a worker node
    And host "node2.example.com" is a worker node
    And I apply "marvel-heroes.yaml"
    And Deployment "marvel" is rolled out
    And Deployment "thor" is rolled out

  Scenario: Each host has its page, and an unknown one the default backend
    When I apply "by-host.yaml"
    And I request "http://node1.example.com:30100/" from outside
    Then the answer shows "MARVEL"
    When I request "http://node2.example.com:30100/" from outside
    Then the answer shows "THOR"
    Given host "node3.example.com" is a worker node
    When I request "http://node3.example.com:30100/" from outside
    Then the answer has status 404
    When I run "kubectl get ingresses"
    Then the output has the columns:
      | NAME                  | CLASS | HOSTS                               | PORTS |
      | marvel-heroes-ingress | nginx | node1.example.com,node2.example.com | 80    |

  Scenario: A path without a rule leads to the default backend of the Ingress
    Given I apply "default-backend.yaml"
    And Deployment "nginx" is rolled out
    When I run "kubectl describe ingress marvel-heroes-ingress"
    Then the output shows, in this order:
      """
      Default backend: nginx:80 (
      Host Path Backends
      node1.example.com
      /marvel marvel-service:80 (
      /thor thor-service:80 (
      """
    When I request "http://node1.example.com:30100/marvel/shield" from outside
    Then the answer shows "MARVEL"
    When I request "http://node1.example.com:30100/thor/hammer" from outside
    Then the answer shows "THOR"
    When I request "http://node1.example.com:30100/" from outside
    Then the answer shows "Welcome to nginx!"

  Scenario: An annotation names the class in older manifests
    When I apply "class-annotation.yaml"
    And I run "kubectl get ingress marvel-heroes-ingress"
    Then the output has the columns:
      | CLASS  | HOSTS             |
      | <none> | node1.example.com |
    When I request "http://node1.example.com:30100/" from outside
    Then the answer shows "MARVEL"

  @exclusive
  Scenario: A rule without a host applies to every host
    When I apply "any-host.yaml"
    And I request "http://node1.example.com:30100/" from outside
    Then the answer shows "MARVEL"
    When I request "http://node2.example.com:30100/" from outside
    Then the answer comes from a pod of Deployment "marvel"
    When I request "http://node1.example.com:30100/thor" from outside
    Then the answer shows "THOR"
    When I request "http://node2.example.com:30100/thor" from outside
    Then the answer comes from a pod of Deployment "thor"
    When I run "kubectl get ingresses"
    Then the output has the columns:
      | NAME                  | HOSTS |
      | marvel-heroes-ingress | *     |
