"""Contexts: a scenario changes its own copy of the kubeconfig, and its commands follow the current context."""

import json
import stat
from pathlib import Path

import pytest
import yaml

from kubelab import kubectl
from kubelab.clusters.provider import OURS, Cluster
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.kubectl import contexts
from kubelab.manifests import Images

ORIGINAL = {
    "current-context": "kind-c",
    "clusters": [{"name": "kind-c", "cluster": {"server": "https://here", "certificate-authority-data": "CA=="}}],
    "contexts": [{"name": "kind-c", "context": {"cluster": "kind-c", "user": "kind-c"}}],
    "users": [{"name": "kind-c", "user": {"client-key-data": "KEY="}}],
}
SCRIPT = f"""#!/bin/sh
case "$*" in *--raw*) echo '{json.dumps(ORIGINAL)}' ;; *) echo "$@" ;; esac
"""
CONFIG = "kubectl config current-context"


def cluster(folder: Path) -> Cluster:
    """A cluster whose kubectl prints the original kubeconfig if asked for all of it, otherwise its own arguments."""
    program = folder / "kubectl"
    program.write_text(SCRIPT)
    program.chmod(0o755)
    return Cluster(
        "c",
        "kind",
        folder / "original",
        "kind-c",
        "v1",
        "",
        images="own",
        kubectl=program,
        can=OURS,
    )


@pytest.fixture
def kubeconfig(tmp_path: Path) -> kubectl.Kubeconfig:
    """The kubeconfig of a scenario whose namespace is "mine"; its kubectl behaves as above."""
    return kubectl.Kubeconfig(cluster(tmp_path), "mine", lambda: tmp_path)


def given(kubeconfig: kubectl.Kubeconfig, line: str) -> str:
    """The arguments that kubectl was given."""
    return kubectl.run(line, kubeconfig, Images({}), lambda _: []).out.strip()


def using(kubeconfig: kubectl.Kubeconfig, **fields: str) -> None:
    """Set the current context to one with these fields."""
    given(kubeconfig, CONFIG)
    assert kubeconfig.copy is not None
    config = yaml.safe_load(kubeconfig.copy.read_text())
    context = {"cluster": contexts.CLUSTER, "user": contexts.USER, **fields}
    config |= {"contexts": [{"name": "other", "context": context}], "current-context": "other"}
    kubeconfig.copy.write_text(yaml.safe_dump(config))


def test_before_a_command_about_contexts_there_is_no_copy(kubeconfig: kubectl.Kubeconfig, tmp_path: Path) -> None:
    """The cluster's own file is read."""
    assert given(kubeconfig, "kubectl get pods") == f"--kubeconfig {tmp_path}/original --context kind-c --namespace mine get pods"
    assert kubeconfig.copy is None


def test_a_command_about_contexts_works_on_a_copy_with_the_names_of_kubeadm(kubeconfig: kubectl.Kubeconfig, tmp_path: Path) -> None:
    """They lead to the same cluster, with the scenario's namespace, and only the user may read the copy."""
    assert given(kubeconfig, CONFIG) == f"--kubeconfig {tmp_path}/kubeconfig config current-context"

    assert kubeconfig.copy is not None
    assert stat.S_IMODE(kubeconfig.copy.stat().st_mode) == 0o600
    assert json.loads(kubeconfig.copy.read_text()) == {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "kubernetes-admin@kubernetes",
        "clusters": [{"name": "kubernetes", "cluster": ORIGINAL["clusters"][0]["cluster"]}],  # type: ignore[index]
        "contexts": [
            {
                "name": "kubernetes-admin@kubernetes",
                "context": {"cluster": "kubernetes", "user": "kubernetes-admin", "namespace": "mine"},
            }
        ],
        "users": [{"name": "kubernetes-admin", "user": ORIGINAL["users"][0]["user"]}],  # type: ignore[index]
    }


def test_the_copy_is_made_once(kubeconfig: kubectl.Kubeconfig) -> None:
    """Changes in it are kept."""
    using(kubeconfig, namespace="kube-system")
    changed = kubeconfig.copy.read_text() if kubeconfig.copy else ""

    given(kubeconfig, CONFIG)

    assert kubeconfig.copy is not None
    assert kubeconfig.copy.read_text() == changed


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("kubectl get pods", "get pods"),
        ("kubectl get pods -n kube-system", "--namespace kube-system get pods"),
        ("kubectl get pods -A", "get pods --all-namespaces"),
    ],
)
def test_from_then_on_the_current_context_says_where(kubeconfig: kubectl.Kubeconfig, tmp_path: Path, line: str, words: str) -> None:
    """Unless the command itself names another one."""
    using(kubeconfig, namespace="ingress-nginx")

    assert given(kubeconfig, line) == f"--kubeconfig {tmp_path}/kubeconfig {words}"


def test_in_its_own_namespace_a_scenario_writes(kubeconfig: kubectl.Kubeconfig) -> None:
    """Also in one with the scenario's name as a prefix."""
    for namespace in ("mine", "mine-team"):
        using(kubeconfig, namespace=namespace)

        assert given(kubeconfig, "kubectl delete pod web").endswith("kubeconfig delete pod web")


@pytest.mark.parametrize(
    ("fields", "line", "because"),
    [
        ({"namespace": "ingress-nginx"}, "kubectl delete pods --all", 'has the namespace "ingress-nginx".*may change only its own'),
        ({"namespace": "others"}, "kubectl get pods", 'has the namespace "others".*may look into ingress-nginx and kube-system'),
        ({}, "kubectl get pods", 'has the namespace "default"'),
        ({"namespace": "mine", "cluster": "kubernets"}, "kubectl get pods", 'the cluster "kubernets".*has only "kubernetes"'),
        ({"namespace": "mine", "user": "root"}, "kubectl get pods", 'the user "root".*has only "kubernetes-admin"'),
    ],
)
def test_where_a_scenario_may_not_go(kubeconfig: kubectl.Kubeconfig, fields: dict[str, str], line: str, because: str) -> None:
    """The refusal names the context and its target."""
    using(kubeconfig, **fields)

    with pytest.raises(LabFailure, match=f'(?s)not run: the current context "other".*{because}.*{line}'):
        given(kubeconfig, line)


def test_a_current_context_that_was_deleted_is_told(kubeconfig: kubectl.Kubeconfig) -> None:
    """With the command that fixes it."""
    given(kubeconfig, CONFIG)
    assert kubeconfig.copy is not None
    kubeconfig.copy.write_text(kubeconfig.copy.read_text().replace('"current-context": "k', '"current-context": "x'))

    with pytest.raises(LabFailure, match=r'no context "xubernetes-admin@kubernetes".*use-context kubernetes-admin@kubernetes'):
        given(kubeconfig, "kubectl get pods")


def test_a_kubeconfig_that_cannot_be_copied_is_trouble(kubeconfig: kubectl.Kubeconfig) -> None:
    """Not the lab's fault."""
    kubeconfig.cluster.kubectl.write_text("#!/bin/sh\necho gone >&2\nexit 1\n")

    with pytest.raises(SetupTrouble, match=r"(?s)could not be copied.*gone"):
        given(kubeconfig, CONFIG)


@pytest.mark.parametrize("authority", [{"certificate-authority": "ca.crt"}, {"certificate-authority-data": "CA=="}], ids=["file", "data"])
def test_with_a_token_it_is_the_scenarios_own_from_the_first_command(tmp_path: Path, authority: dict[str, str]) -> None:
    """The cluster of the context, with absolute paths, and nothing that names another account."""
    (tmp_path / "original").write_text(
        json.dumps({**ORIGINAL, "clusters": [{"name": "kind-c", "cluster": {"server": "https://here", **authority}}]})
    )
    own = kubectl.Kubeconfig(cluster(tmp_path), "mine", lambda: tmp_path, "the-token")

    assert given(own, "kubectl get pods") == f"--kubeconfig {tmp_path}/kubeconfig get pods"

    assert own.copy is not None
    config = json.loads(own.copy.read_text())
    assert config["users"] == [{"name": "kubernetes-admin", "user": {"token": "the-token"}}]
    assert config["contexts"][0]["context"]["namespace"] == "mine"
    files = {key: str(tmp_path / value) for key, value in authority.items() if value == "ca.crt"}
    assert config["clusters"][0]["cluster"] == {"server": "https://here", **authority, **files}
    assert "the-token" not in repr(own)
