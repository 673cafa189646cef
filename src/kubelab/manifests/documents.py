"""The documents of a manifest: YAML with its line numbers, put in order, none that leaves the scenario's namespace."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kubelab.errors import LabFailure
from kubelab.manifests import reach
from kubelab.manifests.advice import broken
from kubelab.manifests.loader import STRANGE, Loader, strange

ORDER = (
    reach.OWNABLE,
    ("ServiceAccount", "Role", "RoleBinding", "ResourceQuota", "LimitRange", "NetworkPolicy"),
    ("ConfigMap", "Secret", "PersistentVolumeClaim"),
    ("Service",),
)
"""What others lean on is applied first; kinds not named here come last, in the order of the file."""


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
    """The documents of a manifest in the order of the file; LabFailure with file, line and column where it is not YAML or not an object.

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
        raise LabFailure(broken(error, text, shown)) from error
    return [one for body in bodies for one in _objects(body)]


def fragment(text: str, shown: str) -> dict[str, Any]:
    """Some fields of an object, as YAML; LabFailure with line and column where the text is not a YAML map."""
    try:
        fields = yaml.load(text, Loader)  # noqa: S506  (a safe loader too)
    except yaml.YAMLError as error:
        raise LabFailure(broken(error, text, shown)) from error
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
                if STRANGE.intersection(text):
                    strange(node)
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
