"""The documents of a manifest: YAML with its line numbers, put in order, none that leaves the scenario's namespace."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kubelab.errors import LabFailure
from kubelab.manifests import reach

ORDER = (
    reach.OWNABLE,
    ("ServiceAccount", "Role", "RoleBinding", "ResourceQuota", "LimitRange", "NetworkPolicy"),
    ("ConfigMap", "Secret", "PersistentVolumeClaim"),
    ("Service",),
)
"""What others lean on is applied first; kinds not named here come last, in the order of the file."""


class Loader(yaml.CSafeLoader):
    """YAML as Kubernetes reads it: a key written twice is a mistake, and a date is a text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  (yaml's own)
        """The map of a node; a key written twice is told with its place."""
        keys = set[str]()
        for key, _ in node.value:
            if key.value in keys and isinstance(key.value, str) and key.value != "<<":
                raise yaml.constructor.ConstructorError(None, None, f'the key "{key.value}" is written twice', key.start_mark)
            keys |= {key.value} if isinstance(key.value, str) else set()
        return super().construct_mapping(node, deep)


def _as_written(_loader: Loader, node: yaml.ScalarNode) -> str:
    return str(node.value)


# Only texts can be sent as JSON, and YAML would make a date of 2020-01-01.
Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_written)


@dataclass(frozen=True)
class Document:
    """One object of a manifest: its body as raw JSON and where it begins, `manifests/pods/web.yaml:12`."""

    body: dict[str, Any]
    where: str = ""

    @property
    def kind(self) -> str:
        """`kind`."""
        return str(self.body.get("kind", ""))

    @property
    def name(self) -> str:
        """`metadata.name`, or what it is generated from."""
        metadata = self.body.get("metadata") or {}
        return str(metadata.get("name") or metadata.get("generateName") or "")


def read(file: Path, shown: str = "") -> list[Document]:
    """The documents of a manifest in the order of the file; LabFailure with file, line and column where it is no YAML or no object.

    `shown` is the file's name in messages.
    """
    try:
        return parse(file.read_text(encoding="utf-8"), shown or str(file))
    except UnicodeDecodeError as error:
        raise LabFailure(f"{shown or file}: this is no UTF-8 text: {error.reason}. Save it as UTF-8.") from error


def parse(text: str, shown: str) -> list[Document]:
    """The documents of a YAML (or JSON) text; `shown` names it in messages."""
    try:
        bodies = [(Document(body, f"{shown}:{line}")) for body, line in _bodies(text)]
    except yaml.YAMLError as error:
        raise LabFailure(_broken(error, shown)) from error
    return [one for body in bodies for one in _objects(body)]


def fragment(text: str, shown: str) -> dict[str, Any]:
    """Some fields of an object, as YAML; LabFailure with line and column where the text is no YAML map."""
    try:
        fields = yaml.load(text, Loader)  # noqa: S506  (a safe loader too)
    except yaml.YAMLError as error:
        raise LabFailure(_broken(error, shown)) from error
    if not isinstance(fields, dict):
        raise LabFailure(f"{shown}: these are no fields of an object, such as `spec: {{replicas: 3}}`.")
    return fields


def ordered(documents: Iterable[Document]) -> list[Document]:
    """What others lean on first, otherwise as they came."""
    rank = {kind: place for place, kinds in enumerate(ORDER) for kind in kinds}
    return sorted(documents, key=lambda one: rank.get(one.kind, len(ORDER)))


def held(document: Document, namespace: str) -> Document:
    """The document itself, when it stays in the scenario's namespace or in what is named after it; LabFailure that says what does not."""
    metadata = document.body.get("metadata") or {}
    elsewhere = metadata.get("namespace")
    try:
        reach.refuse_others(document.kind, document.name, namespace)
    except LabFailure as failure:
        raise LabFailure(f"{document.where}: {failure}") from failure
    if document.kind in reach.CLUSTER_WIDE and document.kind != "Namespace" and (metadata.get("labels") or metadata.get("annotations")):
        raise LabFailure(
            f'{document.where}: {document.kind} "{document.name}" has labels or annotations, which may change what others get. Remove them.'
        )
    if elsewhere and not reach.is_own(elsewhere, namespace):
        raise LabFailure(
            f'{document.where}: {document.kind} "{document.name}" sets the namespace "{elsewhere}"; '
            "each scenario has a fresh namespace of its own. Remove metadata.namespace."
        )
    return document


def meant(thing: Any) -> Any:
    """The same JSON without nulls and empty maps and lists, which declare nothing (kubectl prints `status: {}`)."""
    if isinstance(thing, Mapping):
        return {key: kept for key, value in thing.items() if (kept := meant(value)) not in (None, {}, [])}
    return [meant(value) for value in thing] if isinstance(thing, list) else thing


def _bodies(text: str) -> Iterator[tuple[Any, int]]:
    loader = Loader(text)
    try:
        while loader.check_node():
            node = loader.get_node()
            if node is not None:
                yield loader.construct_document(node), node.start_mark.line + 1
    finally:
        loader.dispose()


def _objects(document: Document) -> list[Document]:
    body: Any = document.body
    if body is None:
        return []
    if not isinstance(body, dict) or not body.get("kind") or not body.get("apiVersion"):
        raise LabFailure(f'{document.where}: this is no Kubernetes object: it needs "apiVersion" and "kind" at its left edge.')
    if body["kind"] == "List":
        return [one for item in body.get("items") or () for one in _objects(Document(item, document.where))]
    return [document]


def _broken(error: yaml.YAMLError, shown: str) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"{shown}:{mark.line + 1}:{mark.column + 1}" if mark else shown
    problem = getattr(error, "problem", None) or str(error)
    return f"{place}: this is no YAML: {problem}. Mend the line, or the indentation of the one before it."
