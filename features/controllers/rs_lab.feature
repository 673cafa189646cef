Feature: Exercise: two httpd Pods, then one
  Write rs-lab.yaml: a ReplicaSet named rs-mainui that keeps two Pods of httpd:2.2, labelled name=apache, app=main, rel=stable.
  Then let kubectl scale leave one.

  Background:
    Given I apply "rs-lab.yaml"

  Scenario: The ReplicaSet is what was asked for
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
    Given ReplicaSet "rs-mainui" has 2 ready pods
    When I run "kubectl scale rs rs-mainui --replicas=1"
    Then ReplicaSet "rs-mainui" has 1 ready pod
    And no Pod was created
