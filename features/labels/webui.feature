@exercise @file:webui.yaml @file:webui.sh @kind:Pod @allow:limits
Feature: Exercise: a web server on the fast disk
  Write webui.yaml: a Pod named webui with the labels app=web, tier=frontend and release=stable. Its container web runs nginx:1.14
  and requests 500m of CPU and 700Mi of memory, without limits. It runs on a node labelled disktype=ssd, and on no other: while there
  is none, it waits.
  Write webui.sh: the kubectl command that lets the page which the running container serves on port 80 say "Helping You Adopt Cloud".

  Scenario: The Pod is what was asked for
    Hint: what a container requests stands under resources.requests; Mi is not M.

    When I apply "webui.yaml"
    Then Pod "webui" has label "app=web"
    And Pod "webui" has label "tier=frontend"
    And Pod "webui" has label "release=stable"
    And Pod "webui" has image "nginx:1.14" in container "web"
    And Pod "webui" matches:
      """yaml
      spec: {containers: [{name: web, resources: {requests: {cpu: 500m, memory: 700Mi}}}]}
      """
    And Pod "webui" matches:
      """yaml
      spec: {containers: [{name: web, resources: {limits: !absent}}]}
      """

  @points:2
  Scenario: It does not run on a standard disk, and does on a fast one
    Hint: a label of the Pod says nothing about nodes; the spec of a Pod can name the labels that its node must have.

    Given I label a worker node "disktype=std"
    And I label the other worker nodes "disktype=std"
    When I apply "webui.yaml"
    Then Pod "webui" is Pending because of "node affinity/selector"
    When I change the label of the labelled node to "disktype=ssd"
    Then Pod "webui" is on a node labelled "disktype=ssd"
    And Pod "webui" is ready

  Scenario: It serves my page
    Hint: a command in a container with a > in it needs a shell there; nginx's own page lies in a folder html.

    Given I label a worker node "disktype=ssd"
    And I apply "webui.yaml"
    And Pod "webui" is ready
    When I run the commands of "webui.sh"
    Then Pod "webui" answers "Helping You Adopt Cloud" on port 80 from a node
