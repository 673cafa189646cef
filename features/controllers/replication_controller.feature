Feature: A ReplicationController keeps its number of Pods
  It compares the number of Pods that have its labels with the number that is wanted, creates those that are missing and deletes those
  that are too many.

  Background:
    Given I apply "rc-nginx.yaml"
    And ReplicationController "rc-nginx" has 3 ready pods

  Scenario: Three are wanted, three run
    Then every pod of ReplicationController "rc-nginx" runs image "nginx:1.14"
    When I run "kubectl describe rc rc-nginx"
    Then the output shows, in this order:
      """
      Selector: app=web
      Replicas: 3 current / 3 desired
      Pods Status: 3 Running / 0 Waiting
      SuccessfulCreate
      Created pod: rc-nginx-
      """
    When I run "kubectl get rc"
    Then the output has the columns:
      | NAME     | DESIRED | CURRENT | READY |
      | rc-nginx | 3       | 3       | 3     |

  Scenario: A deleted Pod is replaced
    When I delete a ReplicationController pod
    Then a replacement appears
    And ReplicationController "rc-nginx" has 3 ready pods

  Scenario: A fourth Pod with the same label is one too many
    When I apply "pod-other.yaml"
    Then Pod "pod-other" is gone
    And no pod of ReplicationController "rc-nginx" was deleted
    And ReplicationController "rc-nginx" shows the events "SuccessfulDelete" in this order
    When I run "kubectl describe rc rc-nginx"
    Then the output shows "Deleted pod: pod-other"

  Scenario: Scaled in to two, edited to five
    When I run "kubectl scale rc rc-nginx --replicas=2"
    Then ReplicationController "rc-nginx" has 2 ready pods
    When I edit ReplicationController "rc-nginx":
      """yaml
      spec: {replicas: 5}
      """
    Then ReplicationController "rc-nginx" has 5 ready pods
    And no pod of ReplicationController "rc-nginx" was deleted

  Scenario: When all Pods are deleted, all are replaced
    When I run "kubectl delete pods --all --wait=false"
    Then ReplicationController "rc-nginx" has 3 ready pods
    And every pod of ReplicationController "rc-nginx" is new

  Scenario: Deleting the ReplicationController deletes its Pods
    When I delete ReplicationController "rc-nginx"
    Then ReplicationController "rc-nginx" is gone
    And no Pod is left

  Scenario: Orphaned Pods run on, and the next ReplicationController takes them over
    When I run "kubectl delete rc rc-nginx --cascade=orphan"
    Then ReplicationController "rc-nginx" is gone
    And 3 pods of ReplicationController "rc-nginx" run on without an owner
    When I apply "rc-nginx.yaml"
    Then ReplicationController "rc-nginx" has 3 ready pods
    And no Pod was created

  Scenario: Its selector does not support sets of values
    When I try "kubectl patch rc rc-nginx --type=merge -p 'spec: {selector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}'"
    Then kubectl refuses with "cannot unmarshal array"
    When I try "kubectl patch rc rc-nginx --type=merge -p 'spec: {selector: {matchLabels: {app: web}}}'"
    Then kubectl refuses with "cannot unmarshal object"
