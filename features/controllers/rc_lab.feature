@exercise @live @file:rc-lab.yaml @file:rc-lab.sh @kind:ReplicationController
Feature: Exercise: two httpd Pods, then three
  Write rc-lab.yaml: a ReplicationController named rc-mainui that keeps two Pods of httpd:2.2, labelled name=apache, app=main, rel=stable.
  Write rc-lab.sh: the kubectl command that scales it to three Pods. No Pod is deleted by that.

  Background:
    Given I apply "rc-lab.yaml"

  @points:2
  Scenario: The ReplicationController is what was asked for
    Hint: the labels of its Pods stand in the template.

    Then ReplicationController "rc-mainui" wants 2 pods
    And ReplicationController "rc-mainui" matches:
      """yaml
      spec:
        template:
          metadata: {labels: {name: apache, app: main, rel: stable}}
      """
    And every pod of ReplicationController "rc-mainui" runs image "httpd:2.2"
    And ReplicationController "rc-mainui" has 2 ready pods

  Scenario: Scaled out to three
    Hint: one verb of kubectl changes how many Pods a controller keeps, and nothing else.

    Given ReplicationController "rc-mainui" has 2 ready pods
    When I run the commands of "rc-lab.sh"
    Then ReplicationController "rc-mainui" has 3 ready pods
    And no pod of ReplicationController "rc-mainui" was deleted
