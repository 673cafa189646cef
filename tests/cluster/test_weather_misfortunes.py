"""Labs during misfortunes of their cluster: a right one is never FAILED, a wrong one never PASSED, and FAILED if it is not affected."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kubelab.client import Client
from kubelab.client.objects import at
from kubelab.conditions.nodes import is_ready
from tests.cluster import misfortunes
from tests.cluster.misfortune_labs import LABS, MANIFESTS, WRONG
from tests.cluster.misfortunes import Misfortune, pod, settle, verdicts
from tests.cluster.runs import awaited
from tests.cluster.weather import SmallCluster

pytestmark = pytest.mark.cluster

SHARES = True
SCALED = """    Given I apply "shop.yaml"
    And Deployment "shop" has 1 ready pod
    When {misfortune}
    And I run "kubectl scale deployment shop --replicas=3"
    Then Deployment "shop" has 3 ready pods
"""


CROWDED = """
  Scenario: starts
    Given I apply "modest.yaml"
    Then Pod "modest" is ready within 10 seconds

  Scenario: waits
    Given I apply "modest.yaml"
    Then Pod "modest" is Pending because of "Insufficient cpu"
"""
NOTHING_DONE = """    Given I apply "shop.yaml"
    And Deployment "shop" has 1 ready pod
    When {misfortune}
    And I run "kubectl scale deployment shop --replicas=3"
    Then no Pod was created
"""
NOTHING_TOLD = """    Given I apply "shop.yaml"
    And Deployment "shop" has 1 ready pod
    When {misfortune}
    And I run "kubectl annotate deployment shop seen=yes"
    Then throughout, Deployment "shop" had at least 1 available pod
"""


@pytest.fixture
def client(chosen: SmallCluster) -> Client:
    """A client of the small cluster, after it has recovered from the misfortune before."""
    found = Client(chosen.folder / "kubeconfig", f"kind-{chosen.name}")
    settle(found)
    return found


def run(folder: Path, titles: Sequence[str], *words: str) -> dict[str, tuple[str, str]]:
    """The verdicts on some of the labs."""
    text = "".join(f"\n  Scenario: {title}\n    {LABS[title]}\n" for title in titles)
    return verdicts(folder, text, MANIFESTS, *words)


@pytest.mark.parametrize("words", [pytest.param(["-n", "3"], marks=pytest.mark.nightly), []], ids=["parallel", "serial"])
def test_names_without_a_name_server(small: SmallCluster, client: Client, tmp_path: Path, words: list[str]) -> None:
    """That is reported for the lab that needs a name, and for no other one; with and without workers."""
    with misfortunes.nameless(small, client):
        found = run(tmp_path, ["pod", "name", "wrong image"], *words, "--lab-patience", "0.7")

    assert {title: verdict for title, (verdict, _) in found.items()} == {"pod": "passed", "name": "error", "wrong image": "failed"}
    assert "The lab cannot be judged: coredns of kube-system has no ready Pod (0 wanted)." in found["name"][1]


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("misfortune", "troubled", "named"),
    [(misfortunes.nameless, "name", "coredns of kube-system"), (misfortunes.without_classes, "claim", "no default StorageClass")],
)
def test_a_mild_misfortune_affects_only_the_labs_that_depend_on_it(
    small: SmallCluster, client: Client, tmp_path: Path, misfortune: Misfortune, troubled: str, named: str
) -> None:
    """All wrong solutions still fail."""
    with misfortune(small, client):
        found = run(tmp_path, list(LABS), "-n", "4")

    expected = {title: "failed" if title in WRONG else "error" if title == troubled else "passed" for title in LABS}
    assert {title: verdict for title, (verdict, _) in found.items()} == expected, found
    assert named in found[troubled][1]


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("misfortune", "named"),
    [
        (misfortunes.guarded, 'webhook "pods.example.com"'),
        (misfortunes.cordoned, "would fit, is cordoned"),
        (misfortunes.without_scheduler, "kube-scheduler-"),
    ],
)
def test_a_misfortune_that_keeps_every_pod_is_named(
    small: SmallCluster, client: Client, tmp_path: Path, misfortune: Misfortune, named: str
) -> None:
    """No lab is blamed, and none that needs a Pod passes."""
    with misfortune(small, client):
        found = run(tmp_path, ["pod", "deployment", "job", "wrong image"], "-n", "4")

    assert {verdict for verdict, _ in found.values()} == {"error"}, found
    assert all(named in told for _, told in found.values()), found


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("misfortune", "may_be", "named"),
    [
        ('"kube-controller-manager" is frozen for 60 seconds', {"error"}, "kube-controller-manager"),
        ('"kube-scheduler" is frozen for 60 seconds', {"error"}, "kube-scheduler"),
        ('"kubelet" of the workers is stopped for 60 seconds', {"error"}, "-worker"),
        ('"containerd" of the workers is stopped for 60 seconds', {"error"}, "-worker"),
        ('"kube-controller-manager" is frozen for 28 seconds', {"error", "passed"}, "The lab cannot be judged: "),
        ('"kube-scheduler" is frozen for 28 seconds', {"error", "passed"}, "The lab cannot be judged: "),
        ('"etcd" is frozen for 20 seconds', {"error", "passed"}, ""),
        ('"kube-apiserver" is frozen for 20 seconds', {"error", "passed"}, ""),
        ("the API server is cut off by DROP for 10 seconds", {"passed"}, ""),
        ("the API server is cut off by REJECT for 10 seconds", {"passed"}, ""),
    ],
)
@pytest.mark.usefixtures("client")
def test_a_misfortune_in_the_middle_of_a_lab(tmp_path: Path, misfortune: str, may_be: set[str], named: str) -> None:
    """A misfortune that ends before the sentence's limit is named just the same; one that only delays is waited out."""
    found = verdicts(tmp_path, f"  Scenario: S\n{SCALED.format(misfortune=misfortune)}", MANIFESTS)

    assert found["S"][0] in may_be, found
    assert found["S"][0] == "passed" or named in found["S"][1]


@pytest.mark.usefixtures("client")
def test_nothing_done_proves_nothing_while_the_controllers_are_frozen(tmp_path: Path) -> None:
    """Otherwise the sentence would pass, since no controller is running that could create a Pod."""
    frozen = '"kube-controller-manager" is frozen for 20 seconds'
    found = verdicts(tmp_path, f"  Scenario: S\n{NOTHING_DONE.format(misfortune=frozen)}", MANIFESTS)

    assert found["S"][0] == "error", found
    assert "Could not see whether no Pod was created, throughout: the controllers did not look" in found["S"][1]


@pytest.mark.usefixtures("client")
def test_nothing_happened_proves_nothing_while_a_kubelet_is_stopped(tmp_path: Path) -> None:
    """Otherwise the sentence would pass, since no kubelet is running that could report that the Pod is unavailable."""
    stopped = NOTHING_TOLD.format(misfortune='"kubelet" of the workers is stopped for 20 seconds')
    found = verdicts(tmp_path, f"  Scenario: S\n{stopped}", MANIFESTS)

    assert found["S"][0] == "error", found
    assert "the kubelet of node" in found["S"][1]


@pytest.mark.nightly
def test_an_up_starts_a_kubelet_that_was_stopped(small: SmallCluster, client: Client) -> None:
    """The cluster stays the same one."""
    before = small.nodes
    with misfortunes.without_kubelet(small):
        awaited(lambda: not all(map(is_ready, client.list("Node"))), 90)

        done = small.up()

        assert done.returncode == 0, done.stderr
        assert f"node {small.name}-worker: kubelet did not run, and was started again" in done.stderr
        assert "creating" not in done.stderr
        assert all(map(is_ready, client.list("Node")))
    assert [node.identity for node in small.nodes] == [node.identity for node in before]


@pytest.mark.nightly
def test_a_cluster_without_workers(small: SmallCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Labs that need none pass there, those that do are an error; wrong ones fail."""
    alone = replace(small, name=f"{small.name}-alone", workers=0)
    monkeypatch.setenv("XDG_STATE_HOME", alone.env["XDG_STATE_HOME"])
    monkeypatch.setenv("KUBELAB_NAME", alone.name)
    apart = '    Given I apply "web.yaml"\n    And I apply "client.yaml"\n    Then Pod "web" is on another node than Pod "client"\n'
    stops = '    Given I apply "web.yaml"\n    And Pod "web" is ready\n    When I stop the node of Pod "web"\n'
    text = "".join(f"\n  Scenario: {title}\n    {steps}\n" for title, steps in LABS.items())
    try:
        done = alone.up()
        assert done.returncode == 0, done.stderr
        found = verdicts(tmp_path, f"{text}\n  Scenario: apart\n{apart}\n  Scenario: stops\n{stops}", MANIFESTS, "-n", "4")
    finally:
        alone.run("down")
        alone.remove_containers()

    expected = {**{title: "failed" if title in WRONG else "passed" for title in LABS}, "apart": "error", "stops": "error"}
    assert {title: verdict for title, (verdict, _) in found.items()} == expected, found


@pytest.mark.nightly
def test_a_neighbour_that_holds_the_room(client: Client, tmp_path: Path) -> None:
    """It is named: without it the Pod would fit, and that the Pod is Pending proves nothing."""
    room = min(int(at(node, "status", "allocatable", "cpu")) for node in client.list("Node"))
    home = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "neighbour"}}
    most = {"requests": {"cpu": f"{room * 600}m"}}
    greedy = json.loads(pod("greedy", resources=most)[1])
    client.create(home)
    try:
        awaited(lambda: client.get("ServiceAccount", "default", "neighbour"))
        client.create(greedy, "neighbour")
        awaited(lambda: at(client.get("Pod", "greedy", "neighbour"), "spec", "nodeName"))
        found = verdicts(tmp_path, CROWDED, [pod("modest", resources=most)], "-n", "2")
    finally:
        client.delete("Namespace", "neighbour")

    for scenario in ("starts", "waits"):
        assert found[scenario][0] == "error", found
        assert 'Pod "modest" would fit without the Pods of neighbour' in found[scenario][1]
