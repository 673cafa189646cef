Feature: Exercise: httpd on every node with a fast disk
  Write ds-lab.yaml: a DaemonSet named ds-mainui that runs web-container with httpd:2.2 on each node labelled disktype=ssd, and on no
  other, and requests 500m of CPU for it, without a limit. Then a rolling update brings httpd:2.4.

  Background:
    Given I apply "ds-lab.yaml"

  Scenario: The DaemonSet is what was asked for
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

  Scenario: It runs on the nodes with a fast disk only
    When I label a worker node "disktype=ssd"
    Then DaemonSet "ds-mainui" has 1 ready pod on the labelled node
    And DaemonSet "ds-mainui" has no pod on any other node
    When I label the other worker nodes "disktype=ssd"
    Then DaemonSet "ds-mainui" has one ready pod on every worker node

  Scenario: A rolling update brings the new version
    Given I label a worker node "disktype=ssd"
    And DaemonSet "ds-mainui" has 1 ready pod
    When I run "kubectl set image daemonset ds-mainui web-container=httpd:2.4"
    Then DaemonSet "ds-mainui" is rolled out
    And every pod of DaemonSet "ds-mainui" runs image "httpd:2.4"
