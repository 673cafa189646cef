Feature: The cluster itself lives on DaemonSets
  What each node needs for the cluster's network runs on each node, the control plane too: it tolerates every taint.

  Scenario: kube-proxy runs on every node
    When I run "kubectl get daemonsets -n kube-system"
    Then the output shows "kube-proxy"
    And DaemonSet "kube-proxy" of namespace "kube-system" has one ready pod on every node
