Feature: A Pod is replaced without an unanswered request
  A client of a Service does not notice that one Pod is replaced by another, if the Pods provide for it: a new one
  says when it can serve (readinessProbe), and one that is deleted goes on serving (preStop) until every node knows that it is going.

  Scenario: Every request is answered while a Pod is deleted and replaced
    Given the cluster gives Services addresses of "10.96.0.0/12"
    And I apply "webui-careful.yaml"
    And I apply "clusterip-service.yaml"
    And I apply "testpod.yaml"
    And Deployment "webui" is rolled out
    And Pod "testpod" is ready
    When I keep requesting "http://10.100.100.100" from Pod "testpod"
    And I delete a Deployment pod
    Then a replacement appears
    And Service "clusterip-service" has 3 endpoints
    And throughout, every request was answered by a pod of Deployment "webui"
    When I request "http://10.100.100.100" from Pod "testpod"
    Then 12 such requests are answered by 3 pods
