"""Sentences that deny something fail on a real cluster where there was nothing to see, and name why."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.cluster.lab_runs import run_lab

PODS = """\
apiVersion: v1
kind: Pod
metadata: {name: client}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: client, image: "centos:7", command: [sleep, "10000"]}]
---
apiVersion: v1
kind: Pod
metadata: {name: plain}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: plain, image: busybox, command: [sleep, "10000"]}]
---
apiVersion: v1
kind: Pod
metadata: {name: lost}
spec:
  terminationGracePeriodSeconds: 1
  dnsPolicy: None
  dnsConfig: {nameservers: [127.0.0.1]}
  containers: [{name: lost, image: "centos:7", command: [sleep, "10000"]}]
---
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


@dataclass(frozen=True)
class Denial:
    """A sentence that denies something, what was done before it, and why it is not true."""

    sentence: str
    because: str
    before: str = 'Given Pod "client" is ready'


DENIALS: Mapping[str, Denial] = {
    "a resolver in no Pod": Denial('"nobody" does not resolve from Pod "clinet"', 'no Pod "clinet" (there is: '),
    "a resolver in a Pod without getent": Denial(
        '"nobody" does not resolve from Pod "plain"', 'has no program "getent"', 'Given Pod "plain" is ready'
    ),
    "a resolver without a name server": Denial(
        '"nobody" does not resolve from Pod "lost"',
        '"kubernetes.default.svc.cluster.local" does not resolve from Pod "lost" either',
        'Given Pod "lost" is ready',
    ),
    "a request from no Pod": Denial(
        "there is no answer", 'no Pod "clinet" (there is: ', 'When I request "http://10.96.0.9" from Pod "clinet"'
    ),
    "a request without curl": Denial("there is no answer", 'has no program "curl"', 'When I request "http://10.96.0.9" from Pod "plain"'),
    "a request that is none": Denial(
        "there is no answer", "could not be made", 'When I request "http://10.96.0.9:99999" from Pod "client"'
    ),
    "a request from where nobody is reached": Denial(
        "there is no answer",
        'the API server does not answer from Pod "lost" either',
        'When I request "http://10.96.0.9" from Pod "lost"',
    ),
    "rules of no Service": Denial('no rule of any node is left for Service "nobody"', 'no Service "nobody"'),
    "an end of nobody": Denial('Pod "nobody" is gone', "and there never was one"),
    "nothing of a kind": Denial('no ConfigMap of namespace "default" is left', "ConfigMap"),
    "a rollout to no node": Denial('DaemonSet "agent" is rolled out within 3 seconds', "no pods"),
    "no command": Denial('the output does not show "error"', 'it printed ""'),
    "an output of a command that failed": Denial('the output does not show "web"', "exit code 1", 'When I try "kubectl get pod nobody"'),
}


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What all of them fail with, in one run."""
    folder = tmp_path_factory.mktemp("denials")
    (folder / "pods.yaml").write_text(PODS)
    scenarios = [f"  Scenario: {title}\n    {one.before}\n    Then {one.sentence}\n" for title, one in DENIALS.items()]
    background = '  Background:\n    Given I apply "pods.yaml"\n'
    (folder / "denials.feature").write_text("\n".join(["Feature: Denials\n", background, *scenarios]))
    done, text = run_lab(folder, "denials.feature", "-n", "4")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{len(DENIALS)} failed" in done.stdout
    return text


@pytest.mark.cluster
@pytest.mark.xdist_group("denials")
@pytest.mark.parametrize("title", DENIALS)
def test_nothing_to_see_makes_no_denial_true(title: str, failures: str) -> None:
    """The sentence fails, and says what was missing."""
    denial = DENIALS[title]
    told = [text for text in failures.split("denials.feature:") if f"  Then {denial.sentence}" in text]

    assert any(denial.because in text for text in told), failures
