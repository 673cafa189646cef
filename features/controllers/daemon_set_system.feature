Feature: kube-proxy is a DaemonSet of the cluster itself
  What every node needs for the cluster's network runs on every node, the control plane included: it tolerates every taint.

  Scenario: kube-proxy runs on every node
    Given the cluster has DaemonSet "kube-proxy" in namespace "kube-system"
    When I run "kubectl get daemonsets -n kube-system"
    Then the output shows "kube-proxy"
    And DaemonSet "kube-proxy" of namespace "kube-system" has one ready pod on every node

  Scenario: kube-proxy tolerates every taint, whatever its key and effect
    Given the cluster has DaemonSet "kube-proxy" in namespace "kube-system"
    When I run "kubectl get daemonset kube-proxy -n kube-system -o custom-columns=TOLERATES:.spec.template.spec.tolerations"
    Then the output has the columns:
      | TOLERATES              |
      | [map[operator:Exists]] |
