Feature: Each applied version has its change-cause in the history
  The annotation kubernetes.io/change-cause of an applied Deployment becomes its line in the history,
  and every version has a ReplicaSet of its own. Undo without a number goes back to the version before, not to the first one.

  Scenario: Three versions make three lines of history and three ReplicaSets
    Given I apply "deploy-nginx-update.yaml"
    And Deployment "deploy-nginx-update" is rolled out
    And I apply "deploy-nginx-update-1.15.yaml"
    And Deployment "deploy-nginx-update" is rolled out
    When I apply "deploy-nginx-update-1.16.yaml"
    Then Deployment "deploy-nginx-update" is rolled out
    And Deployment "deploy-nginx-update" has 3 ReplicaSets
    When I run "kubectl rollout history deployment deploy-nginx-update"
    Then the output shows, in this order:
      """
      1  version 1.14
      2  version 1.15
      3  version 1.16
      """
    When I run "kubectl rollout undo deployment deploy-nginx-update"
    Then Deployment "deploy-nginx-update" is rolled out
    And every pod of Deployment "deploy-nginx-update" runs image "nginx:1.15"
    And Deployment "deploy-nginx-update" has the revisions 1, 3, 4
    When I run "kubectl rollout undo deployment deploy-nginx-update --to-revision=1"
    Then Deployment "deploy-nginx-update" is rolled out
    And every pod of Deployment "deploy-nginx-update" runs image "nginx:1.14"
    And Deployment "deploy-nginx-update" has the revisions 3, 4, 5

  Scenario: An annotation replaces --record, which is deprecated
    Given I apply "deploy-nginx.yaml"
    When I run "kubectl set image deployment deploy-nginx nginx-container=nginx:1.15 --record"
    Then the output shows "Flag --record has been deprecated"
    When I run "kubectl annotate deployment deploy-nginx kubernetes.io/change-cause='a newer nginx' --overwrite"
    Then Deployment "deploy-nginx" is rolled out
    When I run "kubectl rollout history deployment deploy-nginx"
    Then the output shows, in this order:
      """
      1  nginx:1.14
      2  a newer nginx
      """
