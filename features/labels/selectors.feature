Feature: Selectors find objects by their labels
  Four Pods of one company: cart and shop are in production, tests is for qa, and notes has none of these labels.

  Background:
    Given I apply "company.yaml"

  Scenario: A selector compares with one value
    When I run "kubectl get pods -l environment=production"
    Then the output lists exactly "cart, shop"
    When I run "kubectl get pods -l environment!=production"
    Then the output lists exactly "notes, tests"

  Scenario: A selector compares with a set of values
    When I run "kubectl get pods -l 'environment in (production, qa)'"
    Then the output lists exactly "cart, shop, tests"
    When I run "kubectl get pods -l 'tier notin (frontend, backend)'"
    Then the output lists exactly "notes, tests"

  Scenario: A selector asks whether there is such a label
    When I run "kubectl get pods -l partition"
    Then the output lists exactly "shop, tests"
    When I run "kubectl get pods -l '!partition'"
    Then the output lists exactly "cart, notes"
