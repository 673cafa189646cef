Feature: A rolling update replaces Pods while the others serve
  A new image makes a new ReplicaSet; its Pods take over one by one, and the old ReplicaSet stays, without Pods, for a rollback.

  Background:
    Given I apply "deploy-nginx.yaml"
    And Deployment "deploy-nginx" is rolled out

  Scenario: At least three Pods stay available, and at most one is extra
    When I run "kubectl set image deployment deploy-nginx nginx-container=nginx:1.15"
    Then Deployment "deploy-nginx" is rolled out
    And every pod of Deployment "deploy-nginx" runs image "nginx:1.15"
    And throughout, Deployment "deploy-nginx" had at least 3 available pods
    And throughout, Deployment "deploy-nginx" had at most 4 pods
    And the old ReplicaSets of Deployment "deploy-nginx" are empty
    And Deployment "deploy-nginx" has 2 ReplicaSets

  Scenario: kubectl waits for the rollout and reports its success
    When I run "kubectl set image deployment deploy-nginx nginx-container=nginx:1.15"
    And I run "kubectl rollout status deployment deploy-nginx --timeout=60s"
    Then the output shows "successfully rolled out"
    And Deployment "deploy-nginx" is rolled out

  Scenario: A paused Deployment holds the change back until it is resumed
    When I run "kubectl rollout pause deployment deploy-nginx"
    And I run "kubectl set image deployment deploy-nginx nginx-container=nginx:1.16"
    Then Deployment "deploy-nginx" keeps 1 ReplicaSet for 3 seconds
    And every pod of Deployment "deploy-nginx" runs image "nginx:1.14"
    When I run "kubectl rollout resume deployment deploy-nginx"
    Then Deployment "deploy-nginx" is rolled out
    And every pod of Deployment "deploy-nginx" runs image "nginx:1.16"

  Scenario: Paused in the middle, the update stays where it is until it is resumed
    Given I edit Deployment "deploy-nginx":
      """yaml
      spec: {minReadySeconds: 3}
      """
    When I run "kubectl set image deployment deploy-nginx nginx-container=nginx:1.16"
    Then 1 pod of Deployment "deploy-nginx" runs image "nginx:1.16"
    When I run "kubectl rollout pause deployment deploy-nginx"
    Then Deployment "deploy-nginx" keeps 4 pods for 5 seconds
    And 1 pod of Deployment "deploy-nginx" runs image "nginx:1.16"
    And 3 pods of Deployment "deploy-nginx" run image "nginx:1.14"
    When I run "kubectl rollout resume deployment deploy-nginx"
    Then 2 pods of Deployment "deploy-nginx" run image "nginx:1.16"

  Scenario: maxSurge and maxUnavailable are the limits of the update
    Given I edit Deployment "deploy-nginx":
      """yaml
      spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}}
      """
    When I run "kubectl set image deployment deploy-nginx nginx-container=nginx:1.15"
    Then Deployment "deploy-nginx" is rolled out
    And throughout, Deployment "deploy-nginx" had at least 2 available pods
    And throughout, Deployment "deploy-nginx" had at most 3 pods
