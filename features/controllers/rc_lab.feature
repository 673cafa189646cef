Feature: Exercise: two httpd Pods, then three
  Write rc-lab.yaml: a ReplicationController named rc-mainui that keeps two Pods of httpd:2.2, labelled name=apache, app=main, rel=stable.
  Then let kubectl scale make them three.

  Background:
    Given I apply "rc-lab.yaml"

  Scenario: The ReplicationController is what was asked for
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
    Given ReplicationController "rc-mainui" has 2 ready pods
    When I run "kubectl scale rc rc-mainui --replicas=3"
    Then ReplicationController "rc-mainui" has 3 ready pods
    And no pod of ReplicationController "rc-mainui" was deleted
