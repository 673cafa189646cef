Feature: A client may stay with the Pod it met first
  With the affinity ClientIP all requests of one client go to the same Pod, until it has been silent for timeoutSeconds
  (three hours by default, shortened here to one second).

  Background:
    Given I apply "rs-appjs.yaml"
    And I apply "testpod.yaml"
    And ReplicaSet "rs-appjs" has 3 ready pods
    And Pod "testpod" is ready

  Scenario: Ten requests meet one Pod
    Given I apply "svc-affinity.yaml"
    And Service "appjs-service-affinity" has 3 endpoints
    When I request "http://appjs-service-affinity" from Pod "testpod"
    Then 10 such requests are answered by 1 pod

  Scenario: A client that was silent for long enough is a new one
    Given I apply "svc-affinity-short.yaml"
    And Service "appjs-service-affinity" has 3 endpoints
    When I request "http://appjs-service-affinity" from Pod "testpod"
    Then 10 such requests are answered by 1 pod
    And 5 such requests, 2 seconds apart, are answered by more than one pod
