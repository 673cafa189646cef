Feature: Run a web server as a Pod
  A Pod is the smallest thing that Kubernetes runs: one command creates it, it is scheduled to a worker node,
  it gets an address of its own, and when it is deleted nothing of it is left.

  Scenario: One command starts a web server
    When I run "kubectl run web --image=nginx:1.14 --port 80"
    Then the output shows "pod/web created"
    And Pod "web" is Running

  Scenario: kubectl shows where the Pod runs
    Given I run "kubectl run web --image=nginx:1.14 --port 80"
    And Pod "web" is ready
    When I run "kubectl get pods -o wide"
    Then the output shows the node of Pod "web"
    And the output shows the IP of Pod "web"
    And Pod "web" is on a worker node
    And the output has the columns:
      | NAME | READY | STATUS  |
      | web  | 1/1   | Running |

  Scenario: The Pod's own IP answers
    When I run "kubectl run web --image=nginx:1.14 --port 80"
    Then Pod "web" answers "Welcome to nginx!" on port 80 from a node

  Scenario: A deleted Pod leaves nothing behind
    Given I run "kubectl run web --image=nginx:1.14 --port 80"
    And Pod "web" is ready
    When I delete Pod "web"
    Then Pod "web" is gone
    And no Pod is left
