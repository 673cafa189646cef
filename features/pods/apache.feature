Feature: Exercise: an Apache web server from your own template
  Write pod-apache.yaml: a Pod named apache whose container httpd runs the image httpd and opens port 80. It runs on a worker node and
  answers there with Apache's own page, "It works!". Then replace that page, by kubectl exec, by one that says "Learn-Do-Share".

  Background:
    Given I apply "pod-apache.yaml"

  Scenario: The template declares the web server
    Then Pod "apache" has image "httpd" in container "httpd"
    And container "httpd" of Pod "apache" opens port 80

  Scenario: The web server runs on a worker and answers at its own IP
    Then Pod "apache" is ready
    And Pod "apache" is on a worker node
    And Pod "apache" answers "It works!" on port 80 from a node

  Scenario: Its requests are in the logs
    Given Pod "apache" is ready
    When I request "/index.html" of Pod "apache" on port 80 from a node
    Then the logs of Pod "apache" show "GET /index.html"

  Scenario: It serves my page
    Given Pod "apache" is ready
    When I run "kubectl exec apache -c httpd -- sh -c 'echo Learn-Do-Share > /usr/local/apache2/htdocs/index.html'"
    Then Pod "apache" answers "Learn-Do-Share" on port 80 from a node
