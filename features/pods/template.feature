Feature: Let kubectl write the template
  With --dry-run=client -o yaml, kubectl prints the Pod it would make and makes nothing.
  That text, applied, gives the very Pod it describes.

  Scenario: A dry run prints a template and creates nothing
    When I run "kubectl run webserver --image=nginx:1.14 --port=80 --dry-run=client -o yaml"
    Then the output is the manifest of Pod "webserver"
    And no Pod was created

  Scenario: The printed template gives the same Pod
    Given I run "kubectl run webserver --image=nginx:1.14 --port=80 --dry-run=client -o yaml"
    When I apply the output
    Then Pod "webserver" is as declared
    And Pod "webserver" is ready
