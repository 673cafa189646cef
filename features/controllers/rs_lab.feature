@exercise @live @file:rs-lab.yaml @file:rs-lab.sh @kind:ReplicaSet
Feature: Exercise: two httpd Pods, then one
  Write rs-lab.yaml: a ReplicaSet named rs-mainui that keeps two Pods of httpd:2.2, labelled name=apache, app=main, rel=stable.
  Write rs-lab.sh: the kubectl command that scales it to one Pod. No Pod is created by that.

  Background:
    Given I apply "rs-lab.yaml"

  @points:2
  Scenario: The ReplicaSet is what was asked for
    Hint: the labels of its Pods stand in the template.

    Then ReplicaSet "rs-mainui" wants 2 pods
    And ReplicaSet "rs-mainui" matches:
      """yaml
      spec:
        template:
          metadata: {labels: {name: apache, app: main, rel: stable}}
      """
    And every pod of ReplicaSet "rs-mainui" runs image "httpd:2.2"
    And ReplicaSet "rs-mainui" has 2 ready pods

  Scenario: Scaled in to one
    Hint: one verb of kubectl changes how many Pods a controller keeps, and nothing else.

    Given ReplicaSet "rs-mainui" has 2 ready pods
    When I run the commands of "rs-lab.sh"
    Then ReplicaSet "rs-mainui" has 1 ready pod
    And no Pod was created
