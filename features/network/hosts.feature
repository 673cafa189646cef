@privileged
Feature: Two hosts that give their containers the same addresses cannot reach each other
  The Pod "machines" stands for several machines: a router, and two hosts behind it, each a network namespace. The containers blue
  and orange run on host1, green and yellow on host2. A container answers every request with its name.

  Background:
    Given I apply "machines.yaml"
    And Pod "machines" is ready
    And I run "kubectl exec machines -- bash /machines/hosts"

  Scenario: With the same range on both hosts, an address leads to a container of the same host
    When I run "kubectl exec machines -- ip -n host1 addr show docker0"
    Then the output shows "inet 172.17.0.1/16"
    When I run "kubectl exec machines -- ip -n host1 -brief link show master docker0"
    Then the output shows, in this order:
      """
      veth-blue@
      veth-orange@
      """
    When I run "kubectl exec machines -- ip -n host2 route"
    Then the output shows "172.17.0.0/16 dev docker0"
    When I run "kubectl exec machines -- ip -n green -brief addr show eth0"
    Then the output shows "172.17.0.2/16"
    When I run "kubectl exec machines -- ip netns exec blue curl -s -m 3 172.17.0.2"
    Then the output shows "I am blue"
    When I run "kubectl exec machines -- ip netns exec blue curl -s -m 3 172.17.0.3"
    Then the output shows "I am orange"
    When I run "kubectl exec machines -- ip netns exec green curl -s -m 3 172.17.0.3"
    Then the output shows "I am yellow"

  Scenario: With a range for each host and a route to each, containers reach each other
    Given I run "kubectl exec machines -- bash /machines/containers host1 v-net-0 10.244.1.0/24 blue orange"
    And I run "kubectl exec machines -- bash /machines/containers host2 v-net-0 10.244.2.0/24 green yellow"
    When I run "kubectl exec machines -- ip -n host1 addr show v-net-0"
    Then the output shows "inet 10.244.1.1/24"
    When I try "kubectl exec machines -- ip netns exec blue ping -c 1 -W 1 10.244.2.2"
    Then the output shows "100% packet loss"
    When I run "kubectl exec machines -- ip -n router route add 10.244.1.0/24 via 192.168.1.1"
    And I run "kubectl exec machines -- ip -n router route add 10.244.2.0/24 via 192.168.2.1"
    And I try "kubectl exec machines -- ip netns exec blue ping -c 1 -W 1 10.244.2.2"
    Then the output shows " 0% packet loss"
    When I run "kubectl exec machines -- ip netns exec blue curl -s -m 3 10.244.2.2"
    Then the output shows "I am green"
