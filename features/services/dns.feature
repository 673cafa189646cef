Feature: Names lead to Services and Pods
  Every Pod asks the cluster's name server, which resolves a Service's short name, its name with the namespace, and its full name.

  Background:
    Given I apply "rs-appjs.yaml"
    And I apply "testpod.yaml"
    And ReplicaSet "rs-appjs" has 3 ready pods
    And Pod "testpod" is ready

  Scenario: A Service has a short, a longer and a full name
    When I apply "svc-appjs.yaml"
    Then "appjs-service" resolves to the cluster IP of Service "appjs-service" from Pod "testpod"
    And "appjs-service.NAMESPACE" resolves to the cluster IP of Service "appjs-service" from Pod "testpod"
    And "appjs-service.NAMESPACE.svc.cluster.local" resolves to the cluster IP of Service "appjs-service" from Pod "testpod"
    When I request "http://appjs-service.NAMESPACE.svc.cluster.local" from Pod "testpod"
    Then the answer comes from a pod of ReplicaSet "rs-appjs"
    And "nobody" does not resolve from Pod "testpod"

  Scenario: A headless Service names all its Pods
    When I apply "headless.yaml"
    Then "appjs-headless" resolves to the pods of ReplicaSet "rs-appjs" from Pod "testpod"

  Scenario: A Pod has a record made of its address
    Then the pod record of Pod "testpod" resolves to it from Pod "testpod"

  Scenario: A Pod gets the name server and the domains in which to look for short names
    Given the cluster has Service "kube-dns" in namespace "kube-system"
    When I run "kubectl exec testpod -- cat /etc/resolv.conf"
    Then the output shows "search NAMESPACE.svc.cluster.local svc.cluster.local cluster.local"
    And the output shows "options ndots:5"
    And the output shows the cluster IP of Service "kube-dns" of namespace "kube-system"

  Scenario: The name server is a Service too, with CoreDNS's Pods behind it
    Given the cluster gives Services addresses of "10.96.0.0/12"
    And the cluster has Deployment "coredns" in namespace "kube-system"
    When I run "kubectl get service kube-dns -n kube-system"
    Then the output has the columns:
      | NAME     | TYPE      | CLUSTER-IP | PORT(S)                |
      | kube-dns | ClusterIP | 10.96.0.10 | 53/UDP,53/TCP,9153/TCP |
    And the endpoints of Service "kube-dns" of namespace "kube-system" are the pods of Deployment "coredns"

  Scenario: Environment variables name only the Services that are older than the Pod
    When I apply "svc-appjs.yaml"
    And I run "kubectl exec testpod -- env"
    Then the output does not show "APPJS_SERVICE_SERVICE_HOST"
    When I run "kubectl delete pod testpod"
    And I apply "testpod.yaml"
    And Pod "testpod" is ready
    And I run "kubectl exec testpod -- env"
    Then the output shows "APPJS_SERVICE_SERVICE_HOST"
