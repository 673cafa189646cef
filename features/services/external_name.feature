Feature: A Service may be an alias of another name
  A Service of type ExternalName has no address and no Pods: the name server answers with another name, wherever that leads.

  Background:
    Given I apply "svc-external.yaml"
    And I apply "testpod.yaml"
    And Pod "testpod" is ready

  Scenario: It is an alias of a name outside
    When I run "kubectl get service svc-external"
    Then the output has the columns:
      | NAME         | TYPE         | CLUSTER-IP | EXTERNAL-IP |
      | svc-external | ExternalName | <none>     | google.com  |
    And "svc-external.NAMESPACE.svc.cluster.local" is an alias of "google.com" from Pod "testpod"

  Scenario: Pointed at a name inside the cluster, it leads there
    Given I apply "rs-appjs.yaml"
    And I apply "svc-appjs.yaml"
    And Service "appjs-service" has 3 endpoints
    When I edit Service "svc-external":
      """yaml
      spec: {externalName: appjs-service.NAMESPACE.svc.cluster.local}
      """
    Then "svc-external.NAMESPACE.svc.cluster.local" is an alias of "appjs-service.NAMESPACE.svc.cluster.local" from Pod "testpod"
    When I request "http://svc-external" from Pod "testpod"
    Then the answer comes from a pod of ReplicaSet "rs-appjs"
