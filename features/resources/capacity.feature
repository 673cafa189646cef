Feature: A Pod stays Pending until there is room for it
  A Pod for which no node has enough left stays Pending, and starts as soon as another one frees what it had requested.
  Both Pods here may run on one node only, and each asks for more than half of what that has.

  Background:
    Given I label a worker node "capacity=scarce"

  Scenario: CPU that becomes free starts the Pod that waits for it
    Given I apply "capacity-first.yaml" requesting 55 % of the cpu of the labelled node
    And Pod "capacity-first" is ready
    When I apply "capacity-second.yaml" requesting 55 % of the cpu of the labelled node
    Then Pod "capacity-second" is Pending because of "Insufficient cpu"
    When I delete Pod "capacity-first"
    Then Pod "capacity-second" is ready

  Scenario: Memory that becomes free starts the Pod that waits for it
    Given I apply "capacity-first.yaml" requesting 55 % of the memory of the labelled node
    And Pod "capacity-first" is ready
    When I apply "capacity-second.yaml" requesting 55 % of the memory of the labelled node
    Then Pod "capacity-second" is Pending because of "Insufficient memory"
    When I delete Pod "capacity-first"
    Then Pod "capacity-second" is ready
