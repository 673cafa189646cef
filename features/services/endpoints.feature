Feature: A Service leads to the Pods that its selector matches
  Pods come and go, each with another address; the Service keeps its own, and its endpoints follow the Pods.

  Background:
    Given I apply "rs-appjs.yaml"
    And I apply "svc-appjs.yaml"
    And I apply "testpod.yaml"
    And Service "appjs-service" has 3 endpoints
    And Pod "testpod" is ready

  Scenario: Every Pod gets its share of the requests
    When I request "http://appjs-service" from Pod "testpod"
    Then the answer comes from a pod of ReplicaSet "rs-appjs"
    And 12 such requests are answered by 3 pods

  Scenario: New Pods take the place of deleted ones
    When I run "kubectl delete pods -l app=appjs --wait=false"
    Then every pod of ReplicaSet "rs-appjs" is new
    And ReplicaSet "rs-appjs" has 3 ready pods
    And the endpoints of Service "appjs-service" are the pods of ReplicaSet "rs-appjs"
    When I request "http://appjs-service" from Pod "testpod"
    Then the answer comes from a pod of ReplicaSet "rs-appjs"

  Scenario: Scaling changes the number of endpoints
    When I run "kubectl scale replicaset rs-appjs --replicas=2"
    Then Service "appjs-service" has 2 endpoints
    When I request "http://appjs-service" from Pod "testpod"
    Then 8 such requests are answered by 2 pods

  Scenario: A selector that matches no Pod leaves it without endpoints
    When I edit Service "appjs-service":
      """yaml
      spec: {selector: {app: nobody}}
      """
    Then Service "appjs-service" has no endpoints
    When I request "http://appjs-service" from Pod "testpod"
    Then there is no answer
