"""Labs that are run during misfortunes, right ones and wrong ones, with their manifests."""

import json

from tests.cluster.misfortunes import pod, workload

CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}}
SERVICE = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web"},
    "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]},
}
KEEPER = {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {"name": "keeper"},
    "spec": {
        "selector": {"matchLabels": {"app": "keeper"}},
        "template": json.loads(workload("Deployment", "keeper")[1])["spec"]["template"],
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": CLAIM}],
    },
}
MANIFESTS = (
    pod("web"),
    pod("client", image="centos:7", command=["sleep", "3600"]),
    pod("ends", image="busybox", command=["false"]),
    pod("unset", envFrom=[{"configMapRef": {"name": "nowhere"}}]),
    workload("Deployment", "shop", replicas=1),
    workload("Deployment", "lost", image="nginx:0.0.1"),
    workload("DaemonSet", "agent"),
    workload("Job", "pi", image="busybox"),
    ("service.yaml", json.dumps(SERVICE)),
    ("keeper.yaml", json.dumps(KEEPER)),
)
LABS = {
    "pod": 'Given I apply "web.yaml"\n    Then Pod "web" is ready',
    "deployment": 'Given I apply "shop.yaml"\n    Then Deployment "shop" has 1 ready pod',
    "daemon": 'Given I apply "agent.yaml"\n    Then DaemonSet "agent" has one ready pod on every worker node',
    "job": 'Given I apply "pi.yaml"\n    Then Job "pi" is complete',
    "claim": 'Given I apply "keeper.yaml"\n    Then StatefulSet "keeper" has the pods 0',
    "name": 'Given I apply "service.yaml"\n    And I apply "client.yaml"\n    And Pod "client" is ready\n'
    '    Then "web" resolves to the cluster IP of Service "web" from Pod "client"',
    "replaced": 'Given I apply "shop.yaml"\n    And Deployment "shop" has 1 ready pod\n'
    "    When I delete a Deployment pod\n    Then a replacement appears",
    "wrong image": 'Given I apply "lost.yaml"\n    Then Deployment "lost" has 1 ready pod',
    "wrong command": 'Given I apply "ends.yaml"\n    Then Pod "ends" is ready',
    "wrong reference": 'Given I apply "unset.yaml"\n    Then Pod "unset" is ready',
}
WRONG = {"wrong image", "wrong command", "wrong reference"}
