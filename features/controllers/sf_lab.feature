@exercise @file:sf-lab.yaml @file:sf-lab.sh @kind:StatefulSet @kind:Service
Feature: Exercise: four numbered httpd Pods, and a node that fails
  Write sf-lab.yaml: a StatefulSet named sf-mainui, with the service name sf-mainui-svc, that runs the container web-container with
  httpd:2.2 in 2 Pods labelled app=mainui; and the headless Service sf-mainui-svc, by which each of these Pods has a name of its own.
  Its Pods are created one after another and numbered from 0.
  Write sf-lab.sh: the kubectl command that scales it to 4 Pods.
  The last scenario shows what becomes of its Pods when their node fails: there is nothing more to write for it.

  Background:
    Given I apply "sf-lab.yaml"

  @points:2
  Scenario: The StatefulSet is what was asked for
    Hint: a headless Service has the cluster IP None, and selects the Pods by their label.

    Then StatefulSet "sf-mainui" wants 2 pods
    And StatefulSet "sf-mainui" matches:
      """yaml
      spec: {serviceName: sf-mainui-svc}
      """
    And StatefulSet "sf-mainui" matches:
      """yaml
      spec: {template: {metadata: {labels: {app: mainui}}}}
      """
    And StatefulSet "sf-mainui" matches:
      """yaml
      spec: {template: {spec: {containers: [{name: web-container, image: "httpd:2.2"}]}}}
      """
    And Service "sf-mainui-svc" matches:
      """yaml
      spec: {clusterIP: None}
      """
    And StatefulSet "sf-mainui" has the pods 0, 1
    And "sf-mainui-0.sf-mainui-svc" resolves to Pod "sf-mainui-0" from Pod "sf-mainui-1"

  Scenario: Scaled to 4, its Pods are numbered up to 3
    Hint: one verb of kubectl changes how many Pods a controller keeps, and nothing else.

    Given StatefulSet "sf-mainui" is rolled out
    When I run the commands of "sf-lab.sh"
    Then StatefulSet "sf-mainui" has the pods 0, 1, 2, 3 within 1 minute
    And the pods 2, 3 of StatefulSet "sf-mainui" were created one after another

  @exclusive
  Scenario: Pods of a failed node wait for it or for force, those of a Deployment move on
    A lost node is given up after 5 seconds here instead of 5 minutes, and each worker node has two of the four Pods.

    Given I edit StatefulSet "sf-mainui":
      """yaml
      spec:
        replicas: 4
        template:
          spec:
            tolerations:
              - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 5}
              - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 5}
            topologySpreadConstraints:
              - topologyKey: kubernetes.io/hostname
                maxSkew: 1
                whenUnsatisfiable: DoNotSchedule
                nodeTaintsPolicy: Honor
                labelSelector: {matchLabels: {app: mainui}}
      """
    And I apply "deploy-spread.yaml"
    And StatefulSet "sf-mainui" is rolled out within 1 minute
    And Deployment "deploy-spread" is rolled out
    When I stop the node of Pod "sf-mainui-0"
    Then the stopped node is NotReady within 1 minute
    And every pod of StatefulSet "sf-mainui" on the stopped node stays Terminating for 3 seconds
    And Deployment "deploy-spread" has no pod on the stopped node
    And Deployment "deploy-spread" has 2 ready pods
    When I run "kubectl delete pod sf-mainui-0 --force"
    Then Pod "sf-mainui-0" comes back with the same name
    When I start the stopped node again
    Then the stopped node is Ready within 1 minute
    And StatefulSet "sf-mainui" has the pods 0, 1, 2, 3 within 1 minute
