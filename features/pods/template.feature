Feature: Let kubectl write the template
  With --dry-run=client -o yaml, kubectl prints the Pod that it would create, and creates nothing.
  That text, applied, creates the Pod that it describes.

  Scenario: A dry run prints a template and creates nothing
    When I run "kubectl run webserver --image=nginx:1.14 --port=80 --dry-run=client -o yaml"
    Then the output is the manifest of Pod "webserver"
    And no Pod was created

  Scenario: The printed template gives the same Pod
    Given I run "kubectl run webserver --image=nginx:1.14 --port=80 --dry-run=client -o yaml"
    When I apply the output
    Then Pod "webserver" is as declared
    And Pod "webserver" is ready

  Scenario: A Pod made by a command can be made anew from its template
    Given I run "kubectl run apache --image=httpd --port=80"
    And Pod "apache" is ready
    When I run "kubectl run apache --image=httpd --port=80 --dry-run=client -o yaml"
    Then the output is the manifest of Pod "apache"
    And Pod "apache" is still the same Pod
    When I delete Pod "apache"
    Then Pod "apache" is gone
    When I apply the output
    Then Pod "apache" is as declared
    And container "apache" of Pod "apache" opens port 80
    And Pod "apache" answers "It works!" on port 80 from a node
