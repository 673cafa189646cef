Feature: A StatefulSet is updated from the highest number down
  A changed template replaces the Pod with the highest number, waits until it is ready, and goes on with the next lower one.

  Scenario: A new image reaches the Pods from the last to the first
    Given I apply "sf-nginx.yaml"
    And StatefulSet "sf-nginx" is rolled out within 1 minute
    When I edit StatefulSet "sf-nginx":
      """yaml
      spec: {template: {spec: {containers: [{name: nginx-container, image: "nginx:1.15"}]}}}
      """
    Then StatefulSet "sf-nginx" is rolled out within 1 minute
    And the pods 2, 1, 0 of StatefulSet "sf-nginx" were created one after another
    And every pod of StatefulSet "sf-nginx" runs image "nginx:1.15"
