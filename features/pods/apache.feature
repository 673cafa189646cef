@exercise @live @file:pod-apache.yaml @file:pod-apache.sh @kind:Pod
Feature: Exercise: an Apache web server from your own template
  Write pod-apache.yaml: a Pod named apache whose container httpd runs the image httpd and opens port 80. It runs on a worker node,
  answers there on port 80 with Apache's own page, "It works!", and logs each request.
  Write pod-apache.sh: the kubectl command that replaces the page in the running container by one that says "Learn-Do-Share".

  Background:
    Given I apply "pod-apache.yaml"

  Scenario: The template declares the web server
    Hint: kubectl run with --dry-run=client -o yaml prints a template; the container has the Pod's name there until you change it.

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

  @points:2
  Scenario: It serves my page
    Hint: a command in a container with a > in it needs a shell there; the image's documentation says which folder Apache serves.

    Given Pod "apache" is ready
    When I run the commands of "pod-apache.sh"
    Then Pod "apache" answers "Learn-Do-Share" on port 80 from a node
