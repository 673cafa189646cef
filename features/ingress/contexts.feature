Feature: A context says which namespace is meant when none is named
  The kubeconfig holds contexts, each a cluster, a user and a namespace under one name; one of them is the current one.
  The kubeconfig of a scenario is its own, and begins with the context kubernetes-admin@kubernetes.

  Background:
    Given the ingress controller is installed
    And I run "kubectl run webserver --image=nginx:1.14"
    And I run "kubectl config set-context ingress-nginx --namespace=ingress-nginx --cluster=kubernetes --user=kubernetes-admin"

  Scenario: A new context is kept, and is not the current one
    When I run "kubectl config view"
    Then the output shows, in this order:
      """
      - context:
      cluster: kubernetes
      namespace: ingress-nginx
      user: kubernetes-admin
      name: ingress-nginx
      """
    When I run "kubectl config current-context"
    Then the output shows "kubernetes-admin@kubernetes"

  Scenario: The current context decides what is listed, until another one is chosen
    When I run "kubectl config use-context ingress-nginx"
    And I run "kubectl config current-context"
    Then the output shows "ingress-nginx"
    When I run "kubectl get pods"
    Then the output shows "ingress-nginx-controller"
    And the output does not show "webserver"
    When I run "kubectl get services"
    Then the output shows "80:30100/TCP,443:30200/TCP"
    When I run "kubectl config use-context kubernetes-admin@kubernetes"
    And I run "kubectl config current-context"
    Then the output shows "kubernetes-admin@kubernetes"
    When I run "kubectl get pods"
    Then the output shows "webserver"
    And the output does not show "ingress-nginx-controller"
