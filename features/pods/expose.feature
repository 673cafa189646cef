Feature: Two web servers behind one address
  A Deployment keeps two identical Pods; a Service gives them one address that stays the same.

  Scenario: Two Pods behind a Service
    When I run "kubectl create deployment webserver --image=nginx:1.14 --replicas=2 --port=80"
    Then Deployment "webserver" has 2 ready pods
    When I run "kubectl expose deployment webserver --port=80"
    Then Service "webserver" has 2 endpoints
    And the endpoints of Service "webserver" are the pods of Deployment "webserver"
    And Service "webserver" matches:
      """yaml
      spec: {type: ClusterIP, ports: [{port: 80, targetPort: 80}]}
      """
    And Service "webserver" answers "Welcome to nginx!" on port 80 from a node
