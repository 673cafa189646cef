Feature: Exercise: run, update and roll back httpd
  Write dep-lab.yaml: a Deployment named dep-mainui that keeps two Pods of httpd:2.2, labelled name=apache, app=main, rel=stable,
  with the change-cause "version 2.2". Write dep-lab-2.4.yaml, the same with httpd:2.4 and the change-cause "version 2.4":
  the update is made by applying it, and by that only. Then roll back.

  Background:
    Given I apply "dep-lab.yaml"

  Scenario: The Deployment is what was asked for
    Then Deployment "dep-mainui" has annotation "kubernetes.io/change-cause=version 2.2"
    And Deployment "dep-mainui" wants 2 pods
    And Deployment "dep-mainui" matches:
      """yaml
      spec:
        template:
          metadata: {labels: {name: apache, app: main, rel: stable}}
      """
    And every pod of Deployment "dep-mainui" runs image "httpd:2.2"
    And Deployment "dep-mainui" has 2 ready pods

  Scenario: Update by apply, then back
    Given Deployment "dep-mainui" is rolled out
    When I apply "dep-lab-2.4.yaml"
    Then Deployment "dep-mainui" wants 2 pods
    And Deployment "dep-mainui" matches:
      """yaml
      spec:
        template:
          metadata: {labels: {name: apache, app: main, rel: stable}}
      """
    And every pod of Deployment "dep-mainui" runs image "httpd:2.4"
    And Deployment "dep-mainui" is rolled out
    When I run "kubectl rollout history deployment dep-mainui"
    Then the output shows, in this order:
      """
      1  version 2.2
      2  version 2.4
      """
    When I run "kubectl rollout undo deployment dep-mainui"
    Then Deployment "dep-mainui" is rolled out
    And every pod of Deployment "dep-mainui" runs image "httpd:2.2"
