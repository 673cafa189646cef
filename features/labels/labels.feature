Feature: Labels say what a Pod is
  A label is a key and a value on an object. It can be written in the manifest or added later, and changed or removed
  at any time, which does not affect the running Pod.

  Scenario: Labelled and unlabelled Pods side by side
    Given I apply "appjs-pods.yaml"
    When I run "kubectl get pods --show-labels"
    Then the output has the columns:
      | NAME        | LABELS                 |
      | appjs-pod   | <none>                 |
      | appjs-pod-1 | app=web,release=stable |

  Scenario: Labels are shown as columns
    Given I apply "appjs-pods.yaml"
    And I apply "label-pod.yaml"
    When I run "kubectl get pods -L app,type"
    Then the output has the columns:
      | NAME        | APP | TYPE     |
      | appjs-pod   |     |          |
      | appjs-pod-1 | web |          |
      | label-pod   | web | frontend |

  Scenario: Labels are added to an existing Pod
    Given I apply "appjs-pods.yaml"
    When I run "kubectl label pod appjs-pod app=web-services type=frontend"
    Then Pod "appjs-pod" has label "app=web-services"
    And Pod "appjs-pod" has label "type=frontend"
    And Pod "appjs-pod" is still the same Pod

  Scenario: A value is changed only with --overwrite
    Given I apply "label-pod.yaml"
    When I try "kubectl label pod label-pod app=web-services"
    Then kubectl refuses with "'app' already has a value (web), and --overwrite is false"
    And Pod "label-pod" has label "app=web"
    When I run "kubectl label pod label-pod app=web-services --overwrite"
    Then Pod "label-pod" has label "app=web-services"

  Scenario: A label is removed
    Given I apply "label-pod.yaml"
    When I run "kubectl label pod label-pod type-"
    Then Pod "label-pod" has no label "type"
    And Pod "label-pod" has label "app=web"
