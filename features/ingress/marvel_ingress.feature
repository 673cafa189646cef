Feature: Exercise: paths, sticky sessions and TLS behind one Ingress
  Write marvel-ingress.yaml: an Ingress named marvel-ingress of the class nginx for node2.example.com that leads / to marvel-service
  and /app to appjs-service, keeps each client at its Pod with the cookie btc-cookie, and serves https with the certificate of the
  Secret tls-secret.

  Background:
    Given the ingress controller is installed
    And host "node2.example.com" is a worker node
    And Secret "tls-secret" holds a new certificate for "node2.example.com"
    And I apply "marvel-heroes.yaml"
    And I apply "appjs.yaml"
    And Deployment "marvel" is rolled out
    And ReplicationController "appjs-rc" has 3 ready pods
    And I apply "marvel-ingress.yaml"

  Scenario: Two paths lead to two Services
    When I request "http://node2.example.com:30100/" from outside
    Then the answer shows "MARVEL"
    When I request "http://node2.example.com:30100/app" from outside
    Then the answer comes from a pod of ReplicationController "appjs-rc"

  Scenario: A cookie keeps a client at its Pod
    When I request "http://node2.example.com:30100/app" from outside
    Then the answer sets the cookie "btc-cookie"
    And 10 such requests with its cookies are answered by 1 pod
    And 12 such requests are answered by 3 pods

  Scenario: The certificate is the one that was made for the host
    When I request "https://node2.example.com:30200/" from outside, trusting the certificate of Secret "tls-secret"
    Then the answer shows "MARVEL"
    When I request "https://node2.example.com:30200/app" from outside, trusting the certificate of Secret "tls-secret"
    Then the answer comes from a pod of ReplicationController "appjs-rc"
