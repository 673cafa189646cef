Feature: A DaemonSet follows the labels of nodes
  A DaemonSet with a nodeSelector runs on the nodes with that label: one that gets the label gets a Pod, one that loses it loses its Pod.

  Background:
    Given I apply "daemonset-ssd.yaml"

  Scenario: A node that gets the label gets a Pod
    When I label a worker node "disktype=ssd"
    Then DaemonSet "daemonset-ssd" has 1 ready pod on the labelled node
    And DaemonSet "daemonset-ssd" has no pod on any other node

  Scenario: A node that loses the label loses its Pod
    When I label a worker node "disktype=ssd"
    Then DaemonSet "daemonset-ssd" has 1 ready pod on the labelled node
    When I remove the label "disktype" from the labelled node
    Then DaemonSet "daemonset-ssd" has no pod on the labelled node
    And no Pod is left
