Feature: A Deployment keeps its Pods through a ReplicaSet
  You say how many; the Deployment creates a ReplicaSet for that, and the ReplicaSet creates the Pods.

  Background:
    Given I apply "deploy-nginx.yaml"
    And Deployment "deploy-nginx" is rolled out

  Scenario: Deployment, ReplicaSet and Pods are a chain of owners
    Then Deployment "deploy-nginx" has 3 ready pods
    And every pod of Deployment "deploy-nginx" is owned by a ReplicaSet
    And Deployment "deploy-nginx" has 1 ReplicaSet

  Scenario: Scaling out keeps the Pods that run and adds new ones
    When I run "kubectl scale deployment deploy-nginx --replicas=5"
    Then Deployment "deploy-nginx" has 5 ready pods
    And no pod of Deployment "deploy-nginx" was deleted

  Scenario: Deleting the Deployment deletes the whole chain
    When I delete Deployment "deploy-nginx"
    Then Deployment "deploy-nginx" is gone
    And no ReplicaSet is left
    And no Pod is left

  Scenario: Fields that the manifest leaves out have their defaults
    Then Deployment "deploy-nginx" matches:
      """yaml
      spec:
        strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}
        progressDeadlineSeconds: 600
        revisionHistoryLimit: 10
      """
