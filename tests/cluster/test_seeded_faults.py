"""Ten faults: each fails at the right sentence, with its cause in the first five lines."""

from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

import pytest

from tests.cluster.lab_runs import run_lab

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  replicas: 2
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      terminationGracePeriodSeconds: 1
      {pod}
      containers:
        - name: web
          image: {image}
          {container}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: wbe}, ports: [{port: 80}]}
"""
QUOTA = """\
apiVersion: v1
kind: ResourceQuota
metadata: {name: few}
spec: {hard: {pods: "1"}}
"""
JOB = """\
apiVersion: batch/v1
kind: Job
metadata: {name: slow}
spec:
  activeDeadlineSeconds: 1
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 1
      containers: [{name: slow, image: busybox, command: [sleep, "600"]}]
"""
READY = 'Then Deployment "web" has 2 ready pods'


def deployment(pod: str = "", container: str = "", image: str = "nginx:1.14") -> str:
    """The Deployment with one fault."""
    return DEPLOYMENT.format(pod=pod, container=container, image=image)


@dataclass(frozen=True)
class Fault:
    """A manifest with a fault, the sentence that must fail, and the cause that must be named."""

    name: str
    manifest: str
    cause: str
    sentence: str = READY


FAULTS = [
    Fault("bad image", deployment(image="nginx:9.99"), "ErrImagePull"),
    Fault("crash loop", deployment(container='command: ["false"]'), "exit code 1"),
    Fault("wrong selector", deployment() + "---\n" + SERVICE, "app=wbe", 'Then Service "web" has 2 endpoints'),
    Fault("no such node label", deployment(pod="nodeSelector: {disk: none}"), "node affinity/selector"),
    Fault("quota", QUOTA + "---\n" + deployment(), "quota: few"),
    Fault("failing probe", deployment(container="readinessProbe: {httpGet: {path: /nope, port: 80}, periodSeconds: 1}"), "404"),
    Fault("too much CPU", deployment(container="resources: {requests: {cpu: 500}}"), "Insufficient cpu"),
    Fault("bad command", deployment(container='command: ["/nope"]'), "`/nope` not found: No such file"),
    Fault("missing ConfigMap", deployment(container="envFrom: [{configMapRef: {name: settings}}]"), 'configmap "settings" not found'),
    Fault("deadline exceeded", JOB, "DeadlineExceeded", 'Then Job "slow" is complete'),
]


@pytest.mark.cluster
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_with_its_cause(fault: Fault, tmp_path: Path) -> None:
    """The failure's first five lines name sentence and cause, and it comes long before the sentence's limit."""
    (tmp_path / "fault.yaml").write_text(fault.manifest)
    sentence = f"{fault.sentence} within 2 minutes"
    scenario = indent(f'When I apply "fault.yaml"\n{sentence}\n', "    ")
    (tmp_path / "fault.feature").write_text(f"Feature: A fault\n\n  Scenario: It is told\n{scenario}")

    done, text = run_lab(tmp_path, "fault.feature")

    told = "\n".join(text.strip().splitlines()[:5])
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"fault.feature:5  {sentence}" in told
    assert fault.cause in told
