Feature: Every Pod has an address of its own, and every other Pod reaches it there
  No address is translated on the way, whatever the nodes. Containers of one Pod share its address, and its localhost.

  Background:
    Given the cluster has 2 worker nodes
    And I apply "two-nodes.yaml"
    And Pod "server" is ready
    And Pod "client" is ready

  Scenario: A Pod on another node is seen under its own address
    Then Pod "client" is on another node than Pod "server"
    When I request "/" of Pod "server" on port 80 from Pod "client"
    Then the answer shows "Welcome to nginx!"
    And the logs of Pod "server" show the IP of Pod "client"

  Scenario: The containers of a Pod meet at localhost
    When I run "kubectl exec client -c shell -- curl -s http://localhost"
    Then the output shows "It works!"
    When I run "kubectl exec client -c web -- hostname -i"
    Then the output shows the IP of Pod "client"

  Scenario: A node has a route to each of its Pods, and one to each other node
    When I run "kubectl exec client -c shell -- ip link show eth0"
    Then the output shows "eth0@if"
    When I run "ip route" on the node of Pod "client"
    Then the output shows a route to Pod "client" over a veth
    And the output shows a route to the pods of the node of Pod "server"

  @privileged
  Scenario: What a Pod sends to other destinations than Pods leaves its node with the node's address
    Given I apply "machine.yaml"
    And Pod "machine" is ready
    Then Pod "client" is on another node than Pod "machine"
    When I request "/" of Pod "machine" on port 18080 from Pod "client"
    Then the logs of Pod "machine" show the address of the node of Pod "client"
