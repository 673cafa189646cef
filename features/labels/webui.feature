Feature: Exercise: a web server on the fast disk
  Write webui.yaml: a Pod named webui with the labels app=web, tier=frontend and release=stable. Its container web runs nginx:1.14
  and requests 500m of CPU and 700Mi of memory, without limits. It runs on a node labelled disktype=ssd, and on no other.
  Then let its page, by kubectl exec, say "Helping You Adopt Cloud".

  Scenario: The Pod is what was asked for
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

  Scenario: It does not run on a standard disk, and does on a fast one
    Given I label a worker node "disktype=std"
    And I label the other worker nodes "disktype=std"
    When I apply "webui.yaml"
    Then Pod "webui" is Pending because of "node affinity/selector"
    When I change the label of the labelled node to "disktype=ssd"
    Then Pod "webui" is on a node labelled "disktype=ssd"
    And Pod "webui" is ready

  Scenario: It serves my page
    Given I label a worker node "disktype=ssd"
    And I apply "webui.yaml"
    And Pod "webui" is ready
    When I run "kubectl exec webui -c web -- sh -c 'echo Helping You Adopt Cloud > /usr/share/nginx/html/index.html'"
    Then Pod "webui" answers "Helping You Adopt Cloud" on port 80 from a node
