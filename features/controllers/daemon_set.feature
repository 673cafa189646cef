Feature: A DaemonSet keeps one Pod on every worker node
  Log collectors and node monitors must run once on each node; the DaemonSet ensures that, whatever happens to a Pod.

  Background:
    Given I apply "fluentd.yaml"
    And DaemonSet "fluentd" is rolled out

  Scenario: Every worker node has one Pod, the control plane has none
    Then DaemonSet "fluentd" has one ready pod on every worker node
    And DaemonSet "fluentd" has no pod on the control plane

  Scenario: A deleted Pod comes back on its node
    When I delete a DaemonSet pod
    Then a replacement appears on the same node

  Scenario: There is no number of replicas to change
    When I try "kubectl scale daemonset fluentd --replicas=5"
    Then kubectl refuses with "could not find the requested resource"
    And DaemonSet "fluentd" has one ready pod on every worker node

  Scenario: Deleting the DaemonSet deletes its Pods
    When I delete DaemonSet "fluentd"
    Then DaemonSet "fluentd" is gone
    And no Pod is left
