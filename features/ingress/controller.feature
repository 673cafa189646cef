Feature: An ingress controller takes requests from outside the cluster
  It takes requests at two node ports, looks at the host and the path, and passes them to a Service. Here it is Traefik,
  which reads the class and the annotations of ingress-nginx.

  Background:
    Given the ingress controller is installed

  Scenario: It runs and listens
    When I run "kubectl get pods -n ingress-nginx"
    Then the output shows "Running"
    When I run "kubectl get services -n ingress-nginx"
    Then the output shows "80:30100/TCP,443:30200/TCP"
    When I run "kubectl get ingressclasses"
    Then the output shows "k8s.io/ingress-nginx"
    When I run "kubectl get deployment ingress-nginx-controller -n ingress-nginx -o wide"
    Then the output shows "traefik:v3.7"

  Scenario: A host without an Ingress gets the default backend
    Given host "nobody.example.com" is a worker node
    When I request "http://nobody.example.com:30100/" from outside
    Then the answer has status 404
    And the answer shows "default backend"
