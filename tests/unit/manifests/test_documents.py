"""Manifests are read with their lines, and refused with a place and a mend."""

from pathlib import Path

import pytest

from kubelab import manifests
from kubelab.errors import LabFailure
from kubelab.manifests import Document

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"


def document(kind: str, **metadata: str) -> Document:
    """A document with nothing but its head."""
    return Document({"apiVersion": "v1", "kind": kind, "metadata": {"name": "x", **metadata}}, "m.yaml:1")


def test_each_document_knows_its_line() -> None:
    """Empty ones do not count."""
    documents = manifests.parse(f"{POD}---\n---\n# nothing\n---\n{POD}", "m.yaml")

    assert [(one.kind, one.name, one.where) for one in documents] == [("Pod", "web", "m.yaml:1"), ("Pod", "web", "m.yaml:8")]


def test_a_list_is_its_items() -> None:
    """As kubectl prints several objects."""
    [one] = manifests.parse("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: s}}\n", "m.yaml")

    assert (one.kind, one.name) == ("Service", "s")


def test_a_date_is_a_text() -> None:
    """Only texts can be sent as JSON."""
    [one] = manifests.parse(POD + "spec: {since: 2020-01-01}\n", "m.yaml")

    assert one.body["spec"] == {"since": "2020-01-01"}


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("metadata: {name: x}\n", "m.yaml:1:", 'it needs "apiVersion" and "kind"'),
        ("just words\n", "m.yaml:1:", "this is no Kubernetes object"),
    ],
)
def test_what_is_no_manifest_is_told_with_its_place(text: str, place: str, says: str) -> None:
    """File, line and column of the text a person wrote."""
    with pytest.raises(LabFailure) as failure:
        manifests.parse(text, "m.yaml")

    assert str(failure.value).startswith(place)
    assert says in str(failure.value)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A file saved in another encoding."""
    (tmp_path / "m.yaml").write_bytes(b"kind: \xff\n")

    with pytest.raises(LabFailure, match=r"m\.yaml: this is no UTF-8 text"):
        manifests.read(tmp_path / "m.yaml", "m.yaml")


def test_a_fragment_is_a_map() -> None:
    """Some fields of an object, nothing else."""
    assert manifests.fragment("spec: {replicas: 3}", "the text") == {"spec": {"replicas": 3}}
    for wrong in ("3", "- 3", "a: [", "a: 1\na: 2"):
        with pytest.raises(LabFailure, match="the text"):
            manifests.fragment(wrong, "the text")


def test_what_others_lean_on_comes_first() -> None:
    """Otherwise the order of the file."""
    kinds = ["Deployment", "Service", "Pod", "ConfigMap", "ServiceAccount"]

    assert [one.kind for one in manifests.ordered(map(document, kinds))] == ["ServiceAccount", "ConfigMap", "Service", "Deployment", "Pod"]


def test_a_document_stays_in_its_namespace() -> None:
    """What names another one, or belongs to the whole cluster, is refused with its place."""
    assert manifests.held(document("Pod", namespace="mine"), "mine").kind == "Pod"
    with pytest.raises(LabFailure, match=r'm\.yaml:1: Pod "x" sets the namespace "other".*Remove metadata\.namespace'):
        manifests.held(document("Pod", namespace="other"), "mine")
    with pytest.raises(LabFailure, match=r'm\.yaml:1: ClusterRole "x" belongs to the whole cluster'):
        manifests.held(document("ClusterRole"), "mine")


def test_what_is_named_after_the_scenario_is_its_own() -> None:
    """A namespace, what is in it, and what does no harm beside it."""
    for own in (document("Namespace", name="mine-team"), document("Pod", namespace="mine-team"), document("IngressClass", name="mine-x")):
        assert manifests.held(own, "mine") is own


@pytest.mark.parametrize("key", ["labels", "annotations"])
def test_what_belongs_to_the_whole_cluster_has_no_marks_that_others_heed(key: str) -> None:
    """Such as that of a default class."""
    marked = Document({"kind": "IngressClass", "metadata": {"name": "mine-x", key: {"a": "b"}}}, "m.yaml:1")

    with pytest.raises(LabFailure, match=r'm\.yaml:1: IngressClass "mine-x" has labels or annotations'):
        manifests.held(marked, "mine")


def test_nothing_is_meant_by_what_is_empty() -> None:
    """Kubectl prints `status: {}` and `creationTimestamp: null`."""
    assert manifests.meant({"a": None, "b": {}, "c": [], "d": {"e": {}}, "f": 0, "g": [{"h": None}]}) == {"f": 0, "g": [{}]}
