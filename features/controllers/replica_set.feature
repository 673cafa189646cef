Feature: A ReplicaSet keeps its number of Pods
  The successor of the ReplicationController also keeps as many Pods as are wanted, however many that is at the moment.
  Its template is for the Pods that it creates from now on.

  Background:
    Given I apply "rs-nginx.yaml"
    And ReplicaSet "rs-nginx" has 3 ready pods

  Scenario: It keeps three Pods
    When I delete a ReplicaSet pod
    Then a replacement appears
    And ReplicaSet "rs-nginx" has 3 ready pods

  Scenario: Scaled out to five, it keeps five
    When I run "kubectl scale rs rs-nginx --replicas=5"
    Then ReplicaSet "rs-nginx" has 5 ready pods
    And no pod of ReplicaSet "rs-nginx" was deleted
    When I delete a ReplicaSet pod
    Then a replacement appears
    And ReplicaSet "rs-nginx" has 5 ready pods

  Scenario: A new image applies to new Pods only
    When I run "kubectl set image rs rs-nginx nginx-container=nginx:1.15"
    And I delete a ReplicaSet pod
    Then a replacement appears
    And 1 pod of ReplicaSet "rs-nginx" runs image "nginx:1.15"
    And 2 pods of ReplicaSet "rs-nginx" run image "nginx:1.14"

  Scenario: Deleting the ReplicaSet deletes its Pods
    When I delete ReplicaSet "rs-nginx"
    Then ReplicaSet "rs-nginx" is gone
    And no Pod is left
