@exercise @file:ds-lab.yaml @file:ds-lab.sh @kind:DaemonSet
Feature: Exercise: httpd on every node with a fast disk
  Write ds-lab.yaml: a DaemonSet named ds-mainui that runs the container web-container with httpd:2.2 on each worker node labelled
  disktype=ssd, and on no other, and requests 500m of CPU for it, without a limit.
  Write ds-lab.sh: the kubectl command that changes the image to httpd:2.4, which a rolling update then brings to every Pod.

  Background:
    Given I apply "ds-lab.yaml"

  Scenario: The DaemonSet is what was asked for
    Hint: a DaemonSet counts no replicas; what a container requests stands under resources.requests.

    Then DaemonSet "ds-mainui" matches:
      """yaml
      spec: {template: {spec: {containers: [{name: web-container, image: "httpd:2.2"}]}}}
      """
    And DaemonSet "ds-mainui" matches:
      """yaml
      spec: {template: {spec: {containers: [{name: web-container, resources: {requests: {cpu: 500m}}}]}}}
      """
    And DaemonSet "ds-mainui" matches:
      """yaml
      spec: {template: {spec: {containers: [{name: web-container, resources: {limits: !absent}}]}}}
      """

  @points:2
  Scenario: It runs on the nodes with a fast disk only
    Hint: the spec of the Pods, in the template, can name the labels that their node must have.

    When I label a worker node "disktype=ssd"
    Then DaemonSet "ds-mainui" has 1 ready pod on the labelled node
    And DaemonSet "ds-mainui" has no pod on any other node
    When I label the other worker nodes "disktype=ssd"
    Then DaemonSet "ds-mainui" has one ready pod on every worker node

  Scenario: A rolling update brings the new version
    Hint: kubectl set changes the image of a container, which it names.

    Given I label a worker node "disktype=ssd"
    And DaemonSet "ds-mainui" has 1 ready pod
    When I run the commands of "ds-lab.sh"
    Then DaemonSet "ds-mainui" is rolled out
    And every pod of DaemonSet "ds-mainui" runs image "httpd:2.4"
