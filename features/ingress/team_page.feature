@exercise @file:team-page.yaml @kind:Ingress
Feature: Exercise: the team's page
  Write team-page.yaml: an Ingress named team-page of the class nginx for team.example.com that leads / to the Service team-home
  and /members to the Service team-members, both on port 80.

  Background:
    Given the ingress controller is installed
    And host "team.example.com" is a worker node
    And I apply "team.yaml"
    And Deployment "team-home" is rolled out
    And Deployment "team-members" is rolled out
    And I apply "team-page.yaml"

  Scenario: One host shows both pages
    Hint: one rule for the host has both paths; each has a pathType and a backend.

    Then Ingress "team-page" matches:
      """yaml
      spec: {rules: [{host: team.example.com}]}
      """
    When I request "http://team.example.com:30100/" from outside
    Then the answer shows "Our team"
    When I request "http://team.example.com:30100/members" from outside
    Then the answer shows "Our members"
