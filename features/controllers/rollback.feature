Feature: A Deployment goes back to an earlier revision
  Every template that a Deployment has had is a revision in its history, described by its change-cause.
  Going back to a revision makes it the newest one.

  Background:
    Given I apply "deploy-nginx.yaml"
    And Deployment "deploy-nginx" is rolled out

  Scenario: The history shows each change; undo goes back and renumbers
    Given I edit Deployment "deploy-nginx":
      """yaml
      metadata: {annotations: {kubernetes.io/change-cause: "nginx:1.15"}}
      spec: {template: {spec: {containers: [{name: nginx-container, image: "nginx:1.15"}]}}}
      """
    And Deployment "deploy-nginx" is rolled out
    And I edit Deployment "deploy-nginx":
      """yaml
      metadata: {annotations: {kubernetes.io/change-cause: "nginx:1.16"}}
      spec: {template: {spec: {containers: [{name: nginx-container, image: "nginx:1.16"}]}}}
      """
    And Deployment "deploy-nginx" is rolled out
    And I edit Deployment "deploy-nginx":
      """yaml
      metadata: {annotations: {kubernetes.io/change-cause: "nginx:1.17"}}
      spec: {template: {spec: {containers: [{name: nginx-container, image: "nginx:1.17"}]}}}
      """
    And Deployment "deploy-nginx" is rolled out
    When I run "kubectl rollout history deployment deploy-nginx"
    Then the output shows, in this order:
      """
      1  nginx:1.14
      2  nginx:1.15
      3  nginx:1.16
      4  nginx:1.17
      """
    And Deployment "deploy-nginx" has 4 ReplicaSets
    And the old ReplicaSets of Deployment "deploy-nginx" are empty
    When I run "kubectl rollout undo deployment deploy-nginx --to-revision=2"
    Then Deployment "deploy-nginx" is rolled out
    And every pod of Deployment "deploy-nginx" runs image "nginx:1.15"
    And Deployment "deploy-nginx" has the revisions 1, 3, 4, 5
    When I run "kubectl rollout undo deployment deploy-nginx"
    Then Deployment "deploy-nginx" is rolled out
    And every pod of Deployment "deploy-nginx" runs image "nginx:1.17"
    And Deployment "deploy-nginx" has the revisions 1, 3, 5, 6

  Scenario: Only as many old revisions are kept as the limit allows
    Given I edit Deployment "deploy-nginx":
      """yaml
      spec: {revisionHistoryLimit: 1}
      """
    When I edit Deployment "deploy-nginx":
      """yaml
      metadata: {annotations: {kubernetes.io/change-cause: "nginx:1.15"}}
      spec: {template: {spec: {containers: [{name: nginx-container, image: "nginx:1.15"}]}}}
      """
    And Deployment "deploy-nginx" is rolled out
    And I edit Deployment "deploy-nginx":
      """yaml
      metadata: {annotations: {kubernetes.io/change-cause: "nginx:1.16"}}
      spec: {template: {spec: {containers: [{name: nginx-container, image: "nginx:1.16"}]}}}
      """
    And Deployment "deploy-nginx" is rolled out
    Then Deployment "deploy-nginx" has the revisions 2, 3

  Scenario: A bad image stalls the update and the old Pods keep serving
    When I run "kubectl set image deployment deploy-nginx nginx-container=nginx:9.99"
    Then a pod of Deployment "deploy-nginx" is waiting with "ErrImagePull"
    And throughout, Deployment "deploy-nginx" had at least 3 available pods
    When I run "kubectl rollout undo deployment deploy-nginx"
    Then Deployment "deploy-nginx" is rolled out
    And every pod of Deployment "deploy-nginx" runs image "nginx:1.14"
    And throughout, Deployment "deploy-nginx" had at least 3 available pods

  Scenario: A rollout that makes no progress is reported after its deadline
    Given I edit Deployment "deploy-nginx":
      """yaml
      spec: {progressDeadlineSeconds: 2}
      """
    When I run "kubectl set image deployment deploy-nginx nginx-container=nginx:9.99"
    Then Deployment "deploy-nginx" has condition "Progressing" "False" because of "ProgressDeadlineExceeded"
