"""Faults where the sentence names one object and another one is the cause: the failure names that one within ten lines, and looks at it."""

from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

import pytest

from tests.cluster.lab_runs import run_lab

PAGE = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: page}
spec:
  selector: {matchLabels: {app: page}}
  template:
    metadata: {labels: {app: page}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: page, image: "nginx:1.14", ports: [{containerPort: 80}]}]
---
apiVersion: v1
kind: Service
metadata: {name: page}
spec: {type: NodePort, selector: {app: page}, ports: [{port: 80, targetPort: 80}]}
"""
DOOR = """\
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: door}
spec:
  ingressClassName: nginx
  rules:
  - host: door.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: page, port: {number: 80}}}}]}
"""
AGENT = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  updateStrategy: {type: OnDelete}
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: agent, image: "nginx:1.14"}]
"""
COMMAND = """image: "nginx:1.14", command: [sh, -c, "echo ready to go; start-the-page"]"""
BROKEN = PAGE.replace("selector: {match", "replicas: 3\n  selector: {match").replace('image: "nginx:1.14"', COMMAND)
UNREADY = PAGE.replace("containerPort: 80}]", "containerPort: 80}], readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}")
UPDATE = (
    'Given I apply "it.yaml"',
    'And DaemonSet "agent" is rolled out',
    'When I run "kubectl set image daemonset agent agent=nginx:1.15"',
)
AT_THE_DOOR = (
    "Given the ingress controller is installed",
    'And host "door.example.com" is a worker node',
    'And I apply "it.yaml"',
    'When I request "http://door.example.com:30100/" from outside',
)
APPLY = ('When I apply "it.yaml"',)
WELCOME = 'Then the answer shows "Welcome"'
READY = 'Then Deployment "page" is rolled out within 2 minutes'


@dataclass(frozen=True)
class Fault:
    """A manifest with a fault, the sentences before the one that must fail, the cause, and the object to look at."""

    name: str
    manifest: str
    before: tuple[str, ...]
    fails: str
    cause: str
    look: str


FAULTS = [
    Fault(
        "a class that is not there",
        PAGE + DOOR.replace("ClassName: nginx", "ClassName: ngnix"),
        AT_THE_DOOR,
        WELCOME,
        'Ingress "door" has the class "ngnix", and no IngressClass has that name (there is: ',
        "describe ingress door",
    ),
    Fault(
        "a port that nobody opens",
        PAGE.replace("targetPort: 80", "targetPort: 8081"),
        APPLY,
        'Then Service "page" answers "Welcome" on its node port from outside',
        'Service "page" sends port 80 to targetPort 8081; its Pods open 80',
        "describe service page",
    ),
    Fault(
        "an update that waits for a deletion",
        AGENT,
        (
            'Given I apply "it.yaml"',
            'And DaemonSet "agent" is rolled out',
            'When I run "kubectl set image daemonset agent agent=nginx:1.15"',
        ),
        'Then every pod of DaemonSet "agent" runs image "nginx:1.15"',
        'DaemonSet "agent" has the updateStrategy OnDelete',
        "describe daemonset agent",
    ),
    Fault("the last words", BROKEN, APPLY, READY, "sh: line 1: start-the-page: command not found", "describe pod page-"),
    Fault(
        "a probe of another port",
        UNREADY,
        APPLY,
        READY,
        "its readiness probe is refused on port 8080; the container opens 80",
        "describe pod page-",
    ),
]


@pytest.mark.cluster
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_object_that_decides_is_told(fault: Fault, tmp_path: Path) -> None:
    """Within ten lines, before events and logs, and in the `look` command."""
    (tmp_path / "it.yaml").write_text(fault.manifest)
    scenario = indent("\n".join([*fault.before, fault.fails, ""]), "    ")
    (tmp_path / "it.feature").write_text(f"Feature: A fault\n\n  Scenario: It is told\n{scenario}")

    done, text = run_lab(tmp_path, "it.feature")

    told = text.strip().splitlines()
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"it.feature:{4 + len(fault.before)}  {fault.fails}" in told[0]
    assert fault.cause in "\n".join(told[:10]), text
    assert fault.look in told[-1], text
