"""Manifests are read with their line numbers, and refused with a place and a remedy."""

from pathlib import Path

import pytest

from kubelab import manifests
from kubelab.client.kinds import Kind, built_in
from kubelab.errors import LabFailure
from kubelab.manifests import Document

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"


def document(kind: str, **metadata: str) -> Document:
    """A document with only its head."""
    return Document({"apiVersion": "v1", "kind": kind, "metadata": {"name": "x", **metadata}}, "m.yaml:1")


def test_each_document_knows_its_line() -> None:
    """Empty ones are skipped."""
    documents = manifests.parse(f"{POD}---\n---\n# nothing\n---\n{POD}", "m.yaml")

    assert [(one.kind, one.name, one.where) for one in documents] == [("Pod", "web", "m.yaml:1"), ("Pod", "web", "m.yaml:8")]


def test_a_list_is_its_items() -> None:
    """As kubectl prints several objects."""
    [one] = manifests.parse("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: s}}\n", "m.yaml")

    assert (one.kind, one.name) == ("Service", "s")


@pytest.mark.parametrize("kind", ["List", "PodList", "ConfigMap", "NodeList"])
def test_what_has_items_is_its_items(kind: str) -> None:
    """Whatever its kind, even with lists in it: kubectl unpacks them as well."""
    node = "{apiVersion: v1, kind: Node, metadata: {name: n}}"
    nested = f"{{apiVersion: v1, kind: Foo, items: [{node}]}}"

    found = manifests.parse(f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: x}}\nitems:\n- {node}\n- {nested}\n", "m.yaml")

    assert [(one.kind, one.where) for one in found] == [("Node", "m.yaml:5"), ("Node", "m.yaml:6")]


def test_a_date_is_a_text() -> None:
    """Only text can be sent as JSON."""
    [one] = manifests.parse(POD + "spec: {since: 2020-01-01}\n", "m.yaml")

    assert one.body["spec"] == {"since": "2020-01-01"}


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("metadata: {name: x}\n", "m.yaml:1:", 'it needs "apiVersion" and "kind" at its left edge, and apiVersion is missing'),
        ("just words\n", "m.yaml:1:", 'this is not a Kubernetes object, but a string. Begin with "apiVersion:"'),
        ("- a\n", "m.yaml:1:", "but a list"),
        ("3\n", "m.yaml:1:", "but 3"),
        ("kind: Pod\napiversion: v1\n", "m.yaml:2:", 'apiversion is not a field of an object. Did you mean "apiVersion"?'),
        ("apiVersion: 1\nkind: Pod\n", "m.yaml:1:", "apiVersion must be a string, not 1"),
        ("apiVersion: v1\nkind: [Pod]\n", "m.yaml:2:", "kind must be a string, not [Pod]"),
        ("apiVersion: v1\nkind: Pod\n", "m.yaml:1:", "metadata is missing, and with it the name"),
        ("apiVersion: v1\nkind: Pod\nmetdata: {name: x}\n", "m.yaml:3:", 'Did you mean "metadata"?'),
        ("apiVersion: v1\nkind: Pod\nmetadata: web\n", "m.yaml:3:", "metadata must be a map of fields, not web"),
        ("apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {}\n", "m.yaml:3:", "metadata.name is missing or empty"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: ''}\n", "m.yaml:3:", "metadata.name is missing or empty"),
        (
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 123\n",
            "m.yaml:4:",
            "metadata.name must be a string, and 123 is not one",
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  namespace: on\n", "m.yaml:5:", "metadata.namespace must be a string"),
        ("apiVersion: v1\nkind: List\nitems: {}\n", "m.yaml:3:", "items must be a list"),
        ("apiVersion: v1\nkind: List\nitems:\n- {kind: Pod}\n", "m.yaml:4:", "apiVersion is missing"),
    ],
)
def test_what_is_not_a_manifest_is_reported_with_its_place(text: str, place: str, says: str) -> None:
    """File, line and column of the text a person wrote."""
    with pytest.raises(LabFailure) as failure:
        manifests.parse(text, "m.yaml")

    assert str(failure.value).startswith(place)
    assert says in str(failure.value)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n---\n", "apiVersion: v1\nkind: List\nitems: []\n"])
def test_a_file_without_an_object_is_told(tmp_path: Path, text: str) -> None:
    """There would be nothing to apply."""
    (tmp_path / "m.yaml").write_text(text)

    with pytest.raises(LabFailure, match=r"m\.yaml: there is no object in this file"):
        manifests.read(tmp_path / "m.yaml", "m.yaml")


def test_a_field_has_its_place() -> None:
    """That of the last existing field on the path, or of the document if its text is not known."""
    [pod, item] = manifests.parse(
        f"{POD}spec:\n  containers:\n  - name: a\n  - name: b\n    image: x\n---\n"
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: c\n",
        "m.yaml",
    )

    assert pod.place(("spec", "containers", 1, "image")) == "m.yaml:8"
    assert pod.place(("spec", "containers", 1, "ports", 0)) == "m.yaml:7"
    assert pod.place(("spec", "containers", 7)) == "m.yaml:5"
    assert pod.place(("metadata", "name", "x")) == "m.yaml:3"
    assert pod.place(()) == "m.yaml:1"
    assert item.where == "m.yaml:13"
    assert item.place(("metadata", "name")) == "m.yaml:16"
    assert document("Pod").place(("spec",)) == "m.yaml:1"


def test_a_refusal_has_a_line_for_each_field() -> None:
    """With its place."""
    [pod] = manifests.parse(f"{POD}spec: {{}}\n", "m.yaml")

    told = pod.refused([(("spec",), "spec is wrong."), (("kind",), "kind is too.")], 'Pod "web"')

    assert str(told) == 'm.yaml:4: Pod "web": spec is wrong.\nm.yaml:2: Pod "web": kind is too.'


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """Such as a file in another encoding."""
    (tmp_path / "m.yaml").write_bytes(b"kind: \xff\n")

    with pytest.raises(LabFailure, match=r"m\.yaml: this is not UTF-8 text"):
        manifests.read(tmp_path / "m.yaml", "m.yaml")


def test_a_fragment_is_a_map() -> None:
    """Some fields of an object, nothing else."""
    assert manifests.fragment("spec: {replicas: 3}", "the text").body == {"spec": {"replicas": 3}}
    for wrong in ("3", "- 3", "a: [", "a: 1\na: 2", "", "{}", "a: 1\n---\nb: 2"):
        with pytest.raises(LabFailure, match="the text"):
            manifests.fragment(wrong, "the text")


def test_what_others_lean_on_comes_first() -> None:
    """Otherwise in the order of the file."""
    kinds = ["Deployment", "Service", "Pod", "ConfigMap", "ServiceAccount"]

    assert [one.kind for one in manifests.ordered(map(document, kinds))] == ["ServiceAccount", "ConfigMap", "Service", "Deployment", "Pod"]


def test_a_document_stays_in_its_namespace() -> None:
    """If it names another one, or belongs to the whole cluster, it is refused with its place."""
    assert manifests.held(document("Pod", namespace="mine"), "mine").kind == "Pod"
    [written] = manifests.parse("apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  namespace: other\n", "m.yaml")
    with pytest.raises(LabFailure, match=r'm\.yaml:5: Pod "x" sets the namespace "other"'):
        manifests.held(written, "mine")
    with pytest.raises(LabFailure, match=r'm\.yaml:1: Pod "x" sets the namespace "other".*Remove metadata\.namespace'):
        manifests.held(document("Pod", namespace="other"), "mine")
    with pytest.raises(LabFailure, match=r'm\.yaml:1: ClusterRole "x" belongs to the whole cluster'):
        manifests.held(document("ClusterRole"), "mine")


@pytest.mark.parametrize(
    ("version", "kind", "wide"),
    [("shop.io/v1", "Node", False), ("shop.io/v1", "Shelf", True), ("v1", "Node", True), ("v9", "Node", True), ("v1", "Pood", False)],
)
def test_the_cluster_says_what_belongs_to_all_of_it(version: str, kind: str, *, wide: bool) -> None:
    """Version and group matter; a version that is not served hides nothing, and an unknown kind is not judged here."""
    served = [Kind("Node", "shop.io/v1", "nodes"), Kind("Shelf", "shop.io/v1", "shelves", namespaced=False)]
    thing = Document({"apiVersion": version, "kind": kind, "metadata": {"name": "x"}}, "m.yaml:1")

    def resolve(word: str) -> list[Kind]:
        return built_in(word) or [one for one in served if one.is_called(word)]

    if wide:
        with pytest.raises(LabFailure, match=f'm.yaml:1: {kind} "x" belongs to the whole cluster'):
            manifests.held(thing, "mine", resolve)
    else:
        assert manifests.held(thing, "mine", resolve) is thing


def test_what_is_named_after_the_scenario_is_its_own() -> None:
    """A namespace, what is in it, and harmless objects outside it."""
    for own in (document("Namespace", name="mine-team"), document("Pod", namespace="mine-team"), document("IngressClass", name="mine-x")):
        assert manifests.held(own, "mine") is own


@pytest.mark.parametrize("key", ["labels", "annotations"])
def test_what_belongs_to_the_whole_cluster_has_no_marks_that_others_heed(key: str) -> None:
    """Such as that of a default class."""
    marked = Document({"kind": "IngressClass", "metadata": {"name": "mine-x", key: {"a": "b"}}}, "m.yaml:1")

    with pytest.raises(LabFailure, match=r'm\.yaml:1: IngressClass "mine-x" has labels or annotations'):
        manifests.held(marked, "mine")


def test_nothing_is_meant_by_what_is_empty() -> None:
    """As in kubectl's output, which has `status: {}` and `creationTimestamp: null`."""
    assert manifests.meant({"a": None, "b": {}, "c": [], "d": {"e": {}}, "f": 0, "g": [{"h": None}]}) == {"f": 0, "g": [{}]}
