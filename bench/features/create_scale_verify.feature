Feature: Create, scale, verify
  The measure of every tool of this kind: apply a Deployment of two Pods, see two ready, apply three, see three ready.

  Scenario Outline: Deployment number <number>
    When I apply "two.yaml"
    Then Deployment "web" matches:
      """yaml
      status: {readyReplicas: 2}
      """
    When I apply "three.yaml"
    Then Deployment "web" matches:
      """yaml
      status: {readyReplicas: 3}
      """

    Examples:
      | number |
      | 1      |
      | 2      |
      | 3      |
      | 4      |
      | 5      |
      | 6      |
      | 7      |
      | 8      |
      | 9      |
      | 10     |
