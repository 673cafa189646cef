"""What labs ask to have installed really works: an Ingress is served on the node port, a load balancer's address answers."""

from pathlib import Path

import pytest

from tests.cluster.lab_runs import run_lab

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: web, image: "nginx:1.14"}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: TYPE, selector: {app: web}, ports: [{port: 80}]}
"""
INGRESS = """\
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules:
  - host: addons.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
"""
STEPS = '''\
"""Requests that the vocabulary has no sentence for."""

import urllib.request

from pytest_bdd import then

from kubelab.conditions.nodes import is_control_plane
from kubelab.conditions.services import has_external_address
from kubelab.scenario import Scenario
from kubelab.vocabulary import parse, watches
from kubelab.waiting import Condition, Observation, until


def says(wording, text, ask):
    """What is asked for, until the text comes."""

    def observe(view):
        body = ask(view)
        return Observation(text in body, body)

    return Condition(wording, observe, every=0.3)


@then(parse("host {host:Name} answers {text:Text} on node port {port:Number}"))
@watches("Node")
def host_answers(lab: Scenario, host: str, text: str, port: int) -> None:
    """Asked at another node's address, from the control plane's."""

    def ask(view):
        nodes = view.objects("Node")
        asker = next(node["metadata"]["name"] for node in nodes if is_control_plane(node))
        other = next((node for node in nodes if not is_control_plane(node)), nodes[0])
        address = next(one["address"] for one in other["status"]["addresses"] if one["type"] == "InternalIP")
        output = lab.provider.execute(asker, ["curl", "-sS", "-m", "3", "-H", f"Host: {host}", f"http://{address}:{port}/"])
        return output.out or output.err

    until(lab, says(f"{host} answers {text}", text, ask))


@then(parse("Service {name:Name} answers {text:Text} at its external address from this machine"))
def answers_outside(lab: Scenario, name: str, text: str) -> None:
    """Asked where no rule of the cluster leads there: a node has to claim the address."""
    until(lab, has_external_address(name))
    address = lab.seen("Service", name)["status"]["loadBalancer"]["ingress"][0]["ip"]

    def ask(_view):
        try:
            with urllib.request.urlopen(f"http://{address}/", timeout=3) as answer:
                return answer.read().decode()
        except OSError as error:
            return str(error)

    until(lab, says(f"{address} answers {text}", text, ask))
'''


def lab(folder: Path, addon: str, manifest: str, *sentences: str) -> Path:
    """A feature that asks for the addon and applies the manifest, with its steps beside it."""
    (folder / "conftest.py").write_text(STEPS)
    (folder / "web.yaml").write_text(manifest)
    given = [f"Given {addon} is installed", 'And I apply "web.yaml"', 'Then Deployment "web" is rolled out']
    feature = folder / "addons.feature"
    feature.write_text("\n    ".join(["Feature: Addons\n\n  Scenario: It is there", *given, *sentences]) + "\n")
    return feature


@pytest.mark.cluster
def test_an_ingress_is_served_on_the_node_port(tmp_path: Path) -> None:
    """By its host; requests for any other host get the default backend."""
    manifest = WEB.replace("TYPE", "ClusterIP") + INGRESS
    feature = lab(
        tmp_path,
        "the ingress controller",
        manifest,
        'And host "addons.example.com" answers "Welcome to nginx!" on node port 30100',
        'And host "nobody.example.com" answers "default backend - 404" on node port 30100',
    )

    done, text = run_lab(tmp_path, feature.name)

    assert done.returncode == 0, done.stdout + text


@pytest.mark.cluster
def test_a_load_balancer_gets_an_address_that_answers(tmp_path: Path) -> None:
    """From outside the cluster, where an address answers only if a node claims it."""
    manifest = WEB.replace("TYPE", "LoadBalancer")
    feature = lab(tmp_path, "MetalLB", manifest, 'And Service "web" answers "Welcome to nginx!" at its external address from this machine')

    done, text = run_lab(tmp_path, feature.name)

    assert done.returncode == 0, done.stdout + text


@pytest.mark.cluster
def test_addons_outlive_the_scenarios_that_asked_for_them(tmp_path: Path) -> None:
    """If several ask at once they are installed once, and no reaper removes them."""
    features = [
        lab(tmp_path, "the ingress controller", WEB.replace("TYPE", "ClusterIP")).read_text().replace("It is there", f"Once {number}")
        for number in range(2)
    ]
    for number, text in enumerate(features):
        (tmp_path / f"once_{number}.feature").write_text(text)

    done, text = run_lab(tmp_path, "once_0.feature", "once_1.feature", "-n", "2")

    assert done.returncode == 0, done.stdout + text
    assert "2 passed" in done.stdout
    again, text = run_lab(tmp_path, "once_0.feature")
    assert again.returncode == 0, again.stdout + text
