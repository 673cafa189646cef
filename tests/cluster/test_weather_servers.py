"""Something that a lab depends on goes away in the middle of it: the failure names that, and not only the consequences."""

from pathlib import Path

import pytest

from tests.cluster.lab_runs import copy_lab, run_lab

pytestmark = [pytest.mark.cluster, pytest.mark.nightly, pytest.mark.usefixtures("chosen")]

SHARES = True
GONE = '''"""One more sentence for this lab."""

from functools import partial

from pytest_bdd import when
from tenacity import Retrying, stop_after_delay, wait_fixed

from kubelab.scenario import Scenario


@when("{deployment} goes away")
def it_goes_away(lab: Scenario) -> None:
    """No pod of it is left until the scenario's end; looked at past the watches, so that they are only the lab's own.

    What then cannot be is not waited for long.
    """
    scale = partial(lab.client.patch, "Deployment", "{deployment}")
    lab.undo.append(partial(scale, {{"spec": {{"replicas": 1}}}}, "{namespace}"))
    selector = scale({{"spec": {{"replicas": 0}}}}, "{namespace}")["spec"]["selector"]["matchLabels"]
    labels = ",".join(map("=".join, selector.items()))
    for attempt in Retrying(stop=stop_after_delay(90), wait=wait_fixed(0.2)):
        with attempt:
            assert not lab.client.list("Pod", "{namespace}", labels)
    lab.patience = 0.3
'''


def first_lines(folder: Path, lab: str, before: str, deployment: str, namespace: str) -> str:
    """The first five lines of a lab's error, with a Deployment scaled to 0 before one of its sentences."""
    feature = Path("features", f"{lab}.feature")
    copy_lab(feature, folder)
    (folder / "conftest.py").write_text(GONE.format(deployment=deployment, namespace=namespace))
    text = (folder / feature).read_text()
    assert before in text
    (folder / feature).write_text(text.replace(before, f"    When {deployment} goes away\n{before}", 1))
    scenario = text[: text.index(before)].rpartition("Scenario: ")[2].partition("\n")[0]
    done, _ = run_lab(folder, f"{feature}::{scenario}")
    assert "1 error" in done.stdout, done.stdout
    return "\n".join(done.stdout.partition("ERROR at setup of")[2].splitlines()[1:6])


def test_the_ingress_controller_is_named(tmp_path: Path) -> None:
    """It goes away in the middle of the ingress lab: its page does not come."""
    before = '    When I request "http://node2.example.com:30100/" from outside\n'

    told = first_lines(tmp_path, "ingress/by_host", before, "ingress-nginx-controller", "ingress-nginx")

    assert "The lab cannot be judged: ingress-nginx-controller of ingress-nginx has no ready Pod (0 wanted)." in told


def test_coredns_is_named(tmp_path: Path) -> None:
    """It is scaled to 0 in the DNS lab: no name resolves."""
    before = '    Then "appjs-service" resolves to the cluster IP of Service "appjs-service" from Pod "testpod"\n'

    told = first_lines(tmp_path, "services/dns", before, "coredns", "kube-system")

    assert "The lab cannot be judged: coredns of kube-system has no ready Pod (0 wanted)." in told
