"""The commands that people copy: each of their arguments is one word for a shell, too."""

import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kubelab.clusters.provider import OURS, Cluster
from kubelab.plugin import command_lines

KUBECONFIG = Path("/home/Ann's labs/kube config")
KIND = Cluster("c", "kind", KUBECONFIG, "kind-c", "v1.36.3", "", "public", Path("/opt/my tools/kubectl"), OURS)
THEIRS = Cluster("c", "existing", KUBECONFIG, "my context", "v1.36.3", "", "public", Path("/opt/kubectl"))


def lab(cluster: Cluster) -> Any:
    """A scenario on that cluster."""
    return SimpleNamespace(cluster=cluster, namespace="lab-a")


@pytest.mark.parametrize(
    ("cluster", "where"), [(KIND, ["--kubeconfig", str(KUBECONFIG), "--context", "kind-c"]), (THEIRS, ["--context", "my context"])]
)
def test_the_cluster_is_found_however_its_files_are_called(monkeypatch: pytest.MonkeyPatch, cluster: Cluster, where: list[str]) -> None:
    """With the program on PATH, or with ours."""
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/kubectl")
    assert shlex.split(command_lines.look(lab(cluster))) == ["kubectl", *where, "-n", "lab-a", "get", "all,events"]

    monkeypatch.setattr("shutil.which", lambda _: None)
    assert shlex.split(command_lines.look(lab(cluster)))[0] == str(cluster.kubectl)


@pytest.mark.parametrize(("metadata", "namespace"), [({}, "lab-a"), ({"namespace": "lab-a"}, "lab-a"), ({"namespace": "there"}, "there")])
def test_an_object_is_looked_at_where_it_is(metadata: dict[str, str], namespace: str) -> None:
    """Also in another namespace that the scenario reads."""
    words = shlex.split(command_lines.look(lab(KIND), {"kind": "Pod", "metadata": {"name": "web", **metadata}}))

    assert words[-5:] == ["-n", namespace, "describe", "pod", "web"]


def test_what_is_not_an_object_is_not_described() -> None:
    """The command then lists all objects."""
    assert command_lines.look(lab(KIND), {"metadata": {"name": "web"}}).endswith(" -n lab-a get all,events")
