@exercise @file:dep-lab.yaml @file:dep-lab-2.4.yaml @file:dep-lab.sh @kind:Deployment
Feature: Exercise: run, update and roll back httpd
  Write dep-lab.yaml: a Deployment named dep-mainui that keeps two Pods of httpd:2.2, labelled name=apache, app=main, rel=stable,
  with the change-cause "version 2.2" as an annotation. Write dep-lab-2.4.yaml, the same with httpd:2.4 and the change-cause
  "version 2.4": the update is made by applying it, and by that only; kubectl rollout history then lists both versions.
  Write dep-lab.sh: the kubectl command that rolls back from there to httpd:2.2.

  Background:
    Given I apply "dep-lab.yaml"

  Scenario: The Deployment is what was asked for
    Hint: the change-cause is the annotation kubernetes.io/change-cause of the Deployment itself.

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

  @points:2
  Scenario: Update by apply, then back
    Hint: an update keeps the name of the Deployment and its selector; kubectl rollout has a verb for the way back.

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
    When I run the commands of "dep-lab.sh"
    Then Deployment "dep-mainui" is rolled out
    And every pod of Deployment "dep-mainui" runs image "httpd:2.2"
