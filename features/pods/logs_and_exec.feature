Feature: Read a Pod's logs and work inside it
  What the web server writes to its standard output can be read from outside,
  and a command in its container can change the page it serves.

  Background:
    Given I apply "webserver.yaml"
    And Pod "webserver" is ready

  Scenario: A request appears in the logs
    When I request "/hello" of Pod "webserver" on port 80 from a node
    Then the logs of Pod "webserver" show "GET /hello"

  Scenario: A command in the container changes the page
    When I run "kubectl exec webserver -- sh -c 'echo CLASS > /usr/share/nginx/html/index.html'"
    Then Pod "webserver" answers "CLASS" on port 80 from a node
