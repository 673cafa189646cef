Feature: A DaemonSet is updated one node at a time
  A changed template replaces the Pod of one node, waits until it is ready, and goes on to the next; undo goes the same way back.

  Background:
    Given I apply "daemonset-nginx.yaml"
    And DaemonSet "daemonset-nginx" is rolled out

  Scenario: A new image reaches every node, one at a time
    When I edit DaemonSet "daemonset-nginx":
      """yaml
      spec: {template: {spec: {containers: [{name: nginx-container, image: "nginx:1.15"}]}}}
      """
    Then DaemonSet "daemonset-nginx" is rolled out
    And every pod of DaemonSet "daemonset-nginx" runs image "nginx:1.15"
    And throughout, DaemonSet "daemonset-nginx" had at most 1 unavailable pod

  Scenario: Undo brings the old image back, one node at a time
    Given I run "kubectl set image daemonset daemonset-nginx nginx-container=nginx:1.15"
    And DaemonSet "daemonset-nginx" is rolled out
    When I run "kubectl rollout undo daemonset daemonset-nginx"
    Then DaemonSet "daemonset-nginx" is rolled out
    And every pod of DaemonSet "daemonset-nginx" runs image "nginx:1.14"
    And throughout, DaemonSet "daemonset-nginx" had at most 1 unavailable pod
