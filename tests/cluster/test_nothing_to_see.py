"""Sentences that deny something fail on a real cluster if there was nothing to see, and say why."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cluster.lab_runs import run_lab

POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: {name}}}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{{name: {name}, image: "{image}", command: [sleep, "10000"]}}]
"""
WITHOUT_A_NAME_SERVER = """\
  dnsPolicy: None
  dnsConfig: {nameservers: [127.0.0.1]}
"""
ON_NO_NODE = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      nodeSelector: {kubelab-test: nowhere}
      containers: [{name: agent, image: busybox}]
"""
MANIFESTS = {
    "client": POD.format(name="client", image="centos:7"),
    "plain": POD.format(name="plain", image="busybox"),
    "lost": POD.format(name="lost", image="centos:7") + WITHOUT_A_NAME_SERVER,
    "agent": ON_NO_NODE,
}
CLIENT, PLAIN, LOST = (
    (f'Given I apply "{pod}.yaml"', f'Given Pod "{pod}" is ready within 2 minutes') for pod in ("client", "plain", "lost")
)


@dataclass(frozen=True)
class Denial:
    """A sentence that denies something, why it must fail, and the sentences before it."""

    sentence: str
    because: str
    before: tuple[str, ...] = ()

    @property
    def steps(self) -> str:
        """As lines of a scenario."""
        return "".join(f"    {line}\n" for line in (*self.before, f"Then {self.sentence}"))


DENIALS: Mapping[str, Denial] = {
    "a resolver in no Pod": Denial('"nobody" does not resolve from Pod "clinet"', 'no Pod "clinet" (there is: client)', CLIENT),
    "a resolver in a Pod without getent": Denial('"nobody" does not resolve from Pod "plain"', 'has no program "getent"', PLAIN),
    "a resolver without a name server": Denial(
        '"nobody" does not resolve from Pod "lost"',
        '"kubernetes.default.svc.cluster.local" does not resolve from Pod "lost" either',
        LOST,
    ),
    "a request from no Pod": Denial(
        "there is no answer", 'no Pod "clinet" (there is: client)', (*CLIENT, 'When I request "http://10.96.0.9" from Pod "clinet"')
    ),
    "a request without curl": Denial(
        "there is no answer", 'has no program "curl"', (*PLAIN, 'When I request "http://10.96.0.9" from Pod "plain"')
    ),
    "a request that is none": Denial(
        "there is no answer", "could not be made", (*CLIENT, 'When I request "http://10.96.0.9:99999" from Pod "client"')
    ),
    "a request from where nobody is reached": Denial(
        "there is no answer",
        'the API server does not answer from Pod "lost" either',
        (*LOST, 'When I request "http://10.96.0.9" from Pod "lost"'),
    ),
    "rules of no Service": Denial('no rule of any node is left for Service "nobody"', 'no Service "nobody"'),
    "an end of nobody": Denial('Pod "nobody" is gone', "and there never was one"),
    "nothing of a kind": Denial('no ConfigMap of namespace "default" is left', "1 ConfigMap: kube-root-ca.crt"),
    "a rollout to no node": Denial('DaemonSet "agent" is rolled out within 3 seconds', "no pods", ('Given I apply "agent.yaml"',)),
    "no command": Denial('the output does not show "error"', 'it printed ""'),
    "an output of a command that failed": Denial('the output does not show "web"', "exit code 1", ('When I try "kubectl get pod nobody"',)),
}


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The failure of each of them, by title: all in one run."""
    folder = tmp_path_factory.mktemp("denials")
    for name, manifest in MANIFESTS.items():
        Path(folder, f"{name}.yaml").write_text(manifest)
    scenarios = [f"  Scenario: {title}\n{one.steps}" for title, one in DENIALS.items()]
    (folder / "denials.feature").write_text("\n".join(["Feature: Denials\n", *scenarios]))
    done, _ = run_lab(folder, "denials.feature", "-n", "4")
    assert done.returncode == 1, done.stdout + done.stderr
    cases = ET.parse(folder / "junit.xml").iter("testcase")  # noqa: S314  (our own file)
    return {case.attrib["name"]: case.findtext("failure", "") for case in cases}


@pytest.mark.cluster
@pytest.mark.parametrize("title", DENIALS)
def test_nothing_to_see_makes_no_denial_true(title: str, failures: Mapping[str, str]) -> None:
    """The sentence fails, and says what was missing."""
    denial = DENIALS[title]

    assert f"  Then {denial.sentence}" in failures[title]
    assert denial.because in failures[title]
