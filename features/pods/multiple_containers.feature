Feature: Two containers in one Pod
  The containers of a Pod live on one node and share one network: each reaches the other at localhost.

  Scenario: Both containers run
    When I apply "multiple-pod.yaml"
    Then Pod "multiple-pod" has image "nginx:1.14" in container "nginx-container"
    And container "nginx-container" of Pod "multiple-pod" opens port 80
    And Pod "multiple-pod" has image "centos:7" in container "centos-container"
    And Pod "multiple-pod" has 2 of 2 containers ready

  Scenario: The events show both containers, one after the other
    When I apply "multiple-pod.yaml"
    Then Pod "multiple-pod" shows the events "Scheduled, Pulled, Created, Started, Pulled, Created, Started" in this order
    When I run "kubectl describe pod multiple-pod"
    Then the output shows, in this order:
      """
      nginx-container:
      centos-container:
      Events:
      Scheduled
      Started
      Started
      """

  Scenario: The containers share the Pod's address
    Given I apply "multiple-pod.yaml"
    And Pod "multiple-pod" is ready
    When I run "kubectl exec multiple-pod -c centos-container -- curl -s http://localhost:80/from-centos"
    And I run "kubectl logs multiple-pod -c nginx-container"
    Then the output shows "GET /from-centos"

  Scenario: A command runs in the container that is named
    Given I apply "multiple-pod.yaml"
    And Pod "multiple-pod" is ready
    When I run "kubectl exec multiple-pod -c nginx-container -- ls /usr/share/nginx/html"
    Then the output shows "index.html"
    When I run "kubectl exec multiple-pod -c centos-container -- curl -s http://localhost:80"
    Then the output shows "Welcome to nginx!"

  Scenario: Environment and command are given on the command line
    When I run "kubectl run hello --image=busybox --restart=Never --env=GREETING=annyeong -- sh -c 'echo $GREETING $0' class"
    Then Pod "hello" is Succeeded
    And the logs of Pod "hello" show "annyeong class"

  Scenario: Deleting the Pod ends both containers
    Given I apply "multiple-pod.yaml"
    And Pod "multiple-pod" is ready
    When I delete Pod "multiple-pod"
    Then Pod "multiple-pod" is gone
    And no Pod is left
