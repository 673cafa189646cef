"""The documents of a manifest: YAML with its line numbers, in order, and refused where they leave the scenario's namespace."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kubelab.client.kinds import Resolve, built_in
from kubelab.errors import LabFailure
from kubelab.manifests import reach
from kubelab.manifests.advice import broken
from kubelab.manifests.composer import LIMITS, Limits, TooMuch, larger
from kubelab.manifests.loader import STRANGE, Loader, strange
from kubelab.manifests.positions import line_of, node_at
from kubelab.manifests.shape import is_list, mistake

ORDER = (
    reach.OWNABLE,
    ("ServiceAccount", "Role", "RoleBinding", "ResourceQuota", "LimitRange", "NetworkPolicy"),
    ("ConfigMap", "Secret", "PersistentVolumeClaim"),
    ("Service",),
)
"""What others depend on is applied first; kinds that are not listed here come last, in the order of the file."""


@dataclass(frozen=True)
class Document:
    """One object of a manifest: its body as raw JSON and where it begins, `manifests/pods/web.yaml:12`."""

    body: dict[str, Any]
    where: str = ""
    node: yaml.Node | None = field(default=None, compare=False, repr=False)

    @property
    def kind(self) -> str:
        """`kind`."""
        return str(self.body.get("kind", ""))

    @property
    def kind_in_full(self) -> str:
        """`kind` with its version and group, "Deployment.v1.apps", as kubectl writes it."""
        group, _, version = str(self.body.get("apiVersion", "")).rpartition("/")
        return f"{self.kind}.{version}.{group}"

    @property
    def name(self) -> str:
        """`metadata.name`, or else `metadata.generateName`."""
        metadata = self.body.get("metadata") or {}
        return str(metadata.get("name") or metadata.get("generateName") or "")

    def place(self, keys: Sequence[str | int]) -> str:
        """Where the field at these keys is, `manifests/pods/web.yaml:14`; where the document begins if its text is not known."""
        return f"{self.where.rpartition(':')[0]}:{line_of(self.node, keys)}" if self.node else self.where

    def refused(self, told: Iterable[tuple[Sequence[str | int], str]], title: str, hint: str = "") -> LabFailure:
        """The failure that says what is wrong with the object, a line for each field; `title` names the object."""
        return LabFailure("\n".join(f"{self.place(keys)}: {title}: {said}" for keys, said in told), hint=hint)


def read(file: Path, shown: str = "", limits: Limits = LIMITS) -> list[Document]:
    """The documents of a manifest in the order of the file; LabFailure with file, line and column where it is not YAML or not an object.

    `shown` is the file's name in messages.
    """
    found = parse(text(file, shown or str(file), limits), shown or str(file), limits)
    if not found:
        raise LabFailure(f"{shown or file}: there is no object in this file, so there is nothing to apply. Write one, and save the file.")
    return found


def parse(text: str, shown: str, limits: Limits = LIMITS) -> list[Document]:
    """The documents of a YAML (or JSON) text; `shown` names it in messages."""
    bodies = [Document(body, f"{shown}:{node.start_mark.line + 1}", node) for body, node in _composed(text, shown, limits)]
    return [one for body in bodies for one in _objects(body)]


def fragment(text: str, shown: str) -> Document:
    """Some fields of an object, as YAML; LabFailure with line and column where the text is not one YAML map, or an empty one."""
    bodies = _composed(text, shown, LIMITS)
    if len(bodies) != 1 or not isinstance(bodies[0][0], dict) or not bodies[0][0]:
        raise LabFailure(f"{shown}: these are not the fields of an object. Write some, such as `spec: {{replicas: 3}}`.")
    return Document(bodies[0][0], f"{shown}:1", bodies[0][1])


def ordered(documents: Iterable[Document]) -> list[Document]:
    """What others depend on first, otherwise in the given order."""
    rank = {kind: place for place, kinds in enumerate(ORDER) for kind in kinds}
    return sorted(documents, key=lambda one: rank.get(one.kind, len(ORDER)))


def held(document: Document, namespace: str, resolve: Resolve = built_in) -> Document:
    """The document itself, if it stays in the scenario's namespace or in those named after it; else LabFailure.

    `resolve` finds the kinds of a name; an unknown kind is left for the API server to refuse.
    """
    found = resolve(document.kind_in_full) or resolve(document.kind)
    metadata = document.body.get("metadata") or {}
    elsewhere = metadata.get("namespace")
    try:
        reach.refuse_others(document.kind, document.name, namespace, found)
    except LabFailure as failure:
        raise LabFailure(f"{document.where}: {failure}") from failure
    is_wide = any(not kind.namespaced for kind in found)
    if is_wide and document.kind != "Namespace" and (metadata.get("labels") or metadata.get("annotations")):
        raise LabFailure(
            f'{document.where}: {document.kind} "{document.name}" has labels or annotations, which may change what others get. Remove them.'
        )
    if elsewhere and not reach.is_own(elsewhere, namespace):
        raise LabFailure(
            f'{document.place(("metadata", "namespace"))}: {document.kind} "{document.name}" sets the namespace "{elsewhere}"; '
            "each scenario has a fresh namespace of its own. Remove metadata.namespace."
        )
    return document


def meant(thing: Any) -> Any:
    """The same JSON without nulls and empty maps and lists, which declare nothing (such as the `status: {}` that kubectl prints)."""
    if isinstance(thing, Mapping):
        return {key: kept for key, value in thing.items() if (kept := meant(value)) not in (None, {}, [])}
    return [meant(value) for value in thing] if isinstance(thing, list) else thing


def text(file: Path, shown: str, limits: Limits = LIMITS) -> str:
    """The text of a file; LabFailure where it is too large, is not UTF-8 or cannot be read."""
    try:
        _refuse_larger(file.stat().st_size, shown, limits)
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LabFailure(f"{shown}: this is not UTF-8 text: {error.reason}. Save it as UTF-8.") from error
    except OSError as error:
        raise LabFailure(f"{shown}: this file cannot be read: {error.strerror}.") from error


def _refuse_larger(size: int, shown: str, limits: Limits) -> None:
    if size > limits.characters:
        raise LabFailure(f"{shown}: this is larger than the {limits.size:g} MB that are read. {larger(limits)}")


def _composed(text: str, shown: str, limits: Limits) -> list[tuple[Any, yaml.Node]]:
    """The body of each document and its node; LabFailure where they cannot be read."""
    _refuse_larger(len(text), shown, limits)
    try:
        return list(_bodies(text, limits))
    except yaml.YAMLError as error:
        raise LabFailure(broken(error, text, shown)) from error


def _bodies(text: str, limits: Limits) -> Iterator[tuple[Any, yaml.Node]]:
    loader, is_strange, count = Loader(text, limits), not STRANGE.isdisjoint(text), 0
    try:
        while loader.check_node():
            node, count = loader.get_node(), count + 1
            if node is not None:
                if count > limits.documents:
                    raise TooMuch(f"there are more than the {limits.documents} documents that are read. {larger(limits)}", node.start_mark)
                if is_strange:
                    strange(node)
                yield loader.construct_document(node), node
    finally:
        loader.dispose()


def _objects(document: Document) -> list[Document]:
    if document.body is None:
        return []
    wrong = mistake(document.body)
    if wrong:
        raise LabFailure(f"{document.place(wrong[0])}: {wrong[1]}")
    return [one for item in _items(document) for one in _objects(item)] if is_list(document.body) else [document]


def _items(document: Document) -> Iterator[Document]:
    for index, item in enumerate(document.body.get("items") or ()):
        keys = ("items", index)
        yield Document(item, document.place(keys), document.node and node_at(document.node, keys))
