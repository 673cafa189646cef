Feature: Deleting a namespace deletes what is in it, and nothing else
  An application has a namespace of its own. What it has created in the cluster outside that, such as roles and classes, stays behind,
  and is deleted by name. NAMESPACE stands for the namespace of the scenario.

  Background:
    Given I apply "clean-up.yaml"
    And I run "kubectl config set-context team --namespace=NAMESPACE-team --cluster=kubernetes --user=kubernetes-admin"
    And I run "kubectl config use-context team"
    And I run "kubectl rollout status deployment home"

  Scenario: The namespace goes with all it holds, what belongs to the cluster goes by name
    When I run "kubectl delete namespace NAMESPACE-team --wait=false"
    Then no Pod of namespace "NAMESPACE-team" is left
    And no Service of namespace "NAMESPACE-team" is left
    And no Ingress of namespace "NAMESPACE-team" is left
    And Namespace "NAMESPACE-team" is gone
    And ClusterRole "NAMESPACE-team-reader" is still the same ClusterRole
    And IngressClass "NAMESPACE-team" is still the same IngressClass
    When I run "kubectl delete clusterrole NAMESPACE-team-reader"
    And I run "kubectl delete ingressclass NAMESPACE-team"
    Then ClusterRole "NAMESPACE-team-reader" is gone
    And IngressClass "NAMESPACE-team" is gone
    When I run "kubectl config use-context kubernetes-admin@kubernetes"
    And I run "kubectl config current-context"
    Then the output shows "kubernetes-admin@kubernetes"
