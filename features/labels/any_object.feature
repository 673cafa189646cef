Feature: Any object can be labelled
  Labels are not only for Pods, and unlike names they are not unique: objects of several kinds may have the same one.

  Background:
    Given I apply "shop.yaml"

  Scenario: One selector finds objects of several kinds
    When I run "kubectl get configmaps,services -l team=shop -o custom-columns=NAME:.metadata.name"
    Then the output lists exactly "prices, shop"
    And ConfigMap "prices" has label "team=shop"
    And Service "shop" has label "team=shop"

  Scenario: A label is added later, and removed again
    When I run "kubectl label configmap notes team=shop"
    And I run "kubectl get configmaps -l team=shop"
    Then the output lists exactly "notes, prices"
    When I run "kubectl label configmap notes team-"
    Then ConfigMap "notes" has no label "team"
