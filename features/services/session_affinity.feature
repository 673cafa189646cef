Feature: A client may stay with the Pod it met first
  With sessionAffinity ClientIP all requests of a client go to the same Pod, until the client has been silent for timeoutSeconds
  (three hours by default, shortened here to one second).

  Background:
    Given I apply "rs-appjs.yaml"
    And I apply "testpod.yaml"
    And ReplicaSet "rs-appjs" has 3 ready pods
    And Pod "testpod" is ready

  Scenario: Ten requests reach the same Pod
    Given I apply "svc-affinity.yaml"
    And Service "appjs-service-affinity" has 3 endpoints
    When I request "http://appjs-service-affinity" from Pod "testpod"
    Then 10 such requests are answered by 1 pod

  Scenario: A client that was silent for long enough may get another Pod
    Given I apply "svc-affinity-short.yaml"
    And Service "appjs-service-affinity" has 3 endpoints
    When I request "http://appjs-service-affinity" from Pod "testpod"
    Then 10 such requests are answered by 1 pod
    And 5 such requests, 2 seconds apart, are answered by more than one pod
