Feature: Annotations are notes that select nothing
  An annotation, too, is a key and a value on an object. It is for what people and programs want to know about the object,
  not for finding it, so its value may be any text.

  Scenario: An annotation is kept with the Pod
    When I apply "pod-annotation.yaml"
    Then Pod "appjs-pod-an" has annotation "imageregistry=https://hub.docker.com/"
    When I run "kubectl describe pod appjs-pod-an"
    Then the output shows "imageregistry: https://hub.docker.com/"

  Scenario: No selector finds a Pod by its annotation
    Given I apply "anon-pod.yaml"
    When I run "kubectl get pods -l imageregistry"
    Then the output shows "No resources found"
    When I run "kubectl label pod anon-pod imageregistry=hub"
    And I run "kubectl get pods -l imageregistry"
    Then the output lists exactly "anon-pod"

  Scenario: An annotation may hold what a label may not
    Given I apply "anon-pod.yaml"
    When I try "kubectl label pod anon-pod page=https://hub.docker.com/"
    Then kubectl refuses with "invalid label value"
    When I run "kubectl annotate pod anon-pod page=https://hub.docker.com/"
    Then Pod "anon-pod" has annotation "page=https://hub.docker.com/"
