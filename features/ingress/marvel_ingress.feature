@exercise @file:marvel-ingress.yaml @kind:Ingress @kind:Secret
Feature: Exercise: paths, sticky sessions and TLS behind one Ingress
  Write marvel-ingress.yaml: an Ingress named marvel-ingress of the class nginx for node2.example.com that leads / to marvel-service
  and /app to appjs-service, both on port 80, keeps each client at its Pod with the cookie btc-cookie, and serves https for this host
  with the certificate of the Secret tls-secret. Plain http is still served, too: it is not redirected to https (annotation ssl-redirect).
  Make a certificate that is good for node2.example.com, and add the Secret, of type kubernetes.io/tls, to the same file:
  kubectl create secret tls prints it with --dry-run=client -o yaml.

  Background:
    Given the ingress controller is installed
    And host "node2.example.com" is a worker node
    And I apply "marvel-heroes.yaml"
    And I apply "appjs.yaml"
    And Deployment "marvel" is rolled out
    And ReplicationController "appjs-rc" has 3 ready pods
    And I apply "marvel-ingress.yaml"

  Scenario: Two paths lead to two Services
    Hint: each path has a pathType and a backend; without its class nobody serves an Ingress.

    Then Ingress "marvel-ingress" matches:
      """yaml
      spec: {rules: [{host: node2.example.com}]}
      """
    When I request "http://node2.example.com:30100/" from outside
    Then the answer shows "MARVEL"
    When I request "http://node2.example.com:30100/app" from outside
    Then the answer comes from a pod of ReplicationController "appjs-rc"

  Scenario: A cookie keeps a client at its Pod
    Hint: the controller's annotations for session affinity begin with nginx.ingress.kubernetes.io/.

    When I request "http://node2.example.com:30100/app" from outside
    Then the answer sets the cookie "btc-cookie"
    And 10 such requests with its cookies are answered by 1 pod
    And 12 such requests are answered by 3 pods

  @points:2
  Scenario: The certificate is the one that was made for the host
    Hint: openssl req -x509 makes a certificate; the host belongs into its subjectAltName.

    Then Secret "tls-secret" matches:
      """yaml
      type: kubernetes.io/tls
      """
    And Ingress "marvel-ingress" matches:
      """yaml
      spec: {tls: [{hosts: [node2.example.com], secretName: tls-secret}]}
      """
    When I request "https://node2.example.com:30200/" from outside, trusting the certificate of Secret "tls-secret"
    Then the answer shows "MARVEL"
    When I request "https://node2.example.com:30200/app" from outside, trusting the certificate of Secret "tls-secret"
    Then the answer comes from a pod of ReplicationController "appjs-rc"
