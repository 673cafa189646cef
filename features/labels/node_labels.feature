Feature: Labels of nodes decide where a Pod may run
  A Pod with a nodeSelector runs only on a node that has these labels. They are compared when the Pod is scheduled,
  and not again after that.

  Scenario: A Pod that needs a GPU goes to a node that has one
    Given I label every worker node "gpu=true"
    When I apply "tensorflow.yaml"
    Then Pod "tensorflow-gpu" is on a node labelled "gpu=true"
    And Pod "tensorflow-gpu" is ready
    And every worker node has label "gpu=true"

  Scenario: Without such a node the Pod stays Pending, and a label lets it start
    When I apply "testpod.yaml"
    Then Pod "testpod" is Pending because of "node affinity/selector"
    When I label a worker node "type=ssd"
    Then Pod "testpod" is on a node labelled "type=ssd"
    And Pod "testpod" is ready
    When I run "kubectl get nodes -l type=ssd -L type"
    Then the output has the columns:
      | TYPE |
      | ssd  |

  Scenario: A node's label is changed only with --overwrite
    Given I label a worker node "type=hdd"
    And I apply "testpod.yaml"
    When I try "kubectl label nodes -l type=hdd type=ssd --dry-run=server"
    Then kubectl refuses with "'type' already has a value (hdd), and --overwrite is false"
    And Pod "testpod" is Pending because of "node affinity/selector"
    When I change the label of the labelled node to "type=ssd"
    Then Pod "testpod" is on a node labelled "type=ssd"

  Scenario: Removing a label moves no Pod, and keeps new ones away
    Given I label a worker node "type=ssd"
    And I apply "testpod.yaml"
    And Pod "testpod" is ready
    When I remove the label "type" from the labelled node
    Then Pod "testpod" is still the same Pod
    And no Pod is created for 2 seconds
    When I apply "testpod-2.yaml"
    Then Pod "testpod-2" is Pending because of "node affinity/selector"
