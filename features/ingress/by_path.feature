Feature: One host, several paths
  A path leads to a Service of its own; annotations rewrite it, or send the client elsewhere. What the expression of the path matches
  is what is rewritten: in rewrite.yaml all that is below /thor too.

  Background:
    Given the ingress controller is installed
    And host "node1.example.com" is a worker node
    And host "node2.example.com" is a worker node
    And I apply "marvel-heroes.yaml"
    And Deployment "marvel" is rolled out
    And Deployment "thor" is rolled out

  Scenario: The root is one page, a path another
    When I apply "by-path.yaml"
    And I request "http://node2.example.com:30100/" from outside
    Then the answer shows "MARVEL"
    When I request "http://node2.example.com:30100/thor" from outside
    Then the answer shows "THOR"
    And the answer shows "Path: /thor"

  Scenario: A path leads to the same Service with all that is below it
    When I apply "by-path.yaml"
    And I request "http://node2.example.com:30100/thor/hammer" from outside
    Then the answer shows "THOR"
    And the answer shows "Path: /thor/hammer"
    When I request "http://node2.example.com:30100/thorax" from outside
    Then the answer shows "MARVEL"

  Scenario: A rewritten path is not seen by the Service, nor what is below it
    When I apply "rewrite.yaml"
    And I request "http://node2.example.com:30100/thor" from outside
    Then the answer shows "THOR"
    And the answer shows "Path: /<"
    When I request "http://node2.example.com:30100/thor/hammer" from outside
    Then the answer shows "Path: /</p"

  Scenario: A client can be sent to https
    When I apply "ssl-redirect.yaml"
    And I request "http://node1.example.com:30100/" from outside
    Then the answer redirects to "https://node1.example.com/"

  Scenario: A client can be sent from the root to the application
    When I apply "app-root.yaml"
    And I request "http://node1.example.com:30100/" from outside
    Then the answer redirects to "/thor"
