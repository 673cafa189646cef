"""Manifests: read YAML with its line numbers, put documents in order, and run the images this cluster has for those the lab names."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kubelab.errors import LabFailure, SetupTrouble

IMAGES = Path(__file__).parent / "nodeimage" / "images.yaml"
"""What this cluster runs for the images that labs name."""
CONTAINERS = frozenset({"containers", "initContainers", "ephemeralContainers"})
"""The fields whose entries have an image."""
CLUSTER_WIDE = frozenset(
    {
        "APIService",
        "CSIDriver",
        "CertificateSigningRequest",
        "ClusterRole",
        "ClusterRoleBinding",
        "CustomResourceDefinition",
        "IngressClass",
        "MutatingWebhookConfiguration",
        "Namespace",
        "Node",
        "PersistentVolume",
        "PriorityClass",
        "RuntimeClass",
        "StorageClass",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration",
        "VolumeAttachment",
    }
)
"""Kinds that belong to no namespace: they would outlive the scenario and meet its neighbours."""
ORDER = (
    ("ServiceAccount", "Role", "RoleBinding", "ResourceQuota", "LimitRange", "NetworkPolicy"),
    ("ConfigMap", "Secret", "PersistentVolumeClaim"),
    ("Service",),
)
"""What others lean on is applied first; kinds not named here come last, in the order of the file."""


@dataclass(frozen=True)
class Substitution:
    """What runs in place of an image that a lab names, and why."""

    lab: str
    runs: str
    because: str


@dataclass
class Images:
    """The substitutions of a cluster, and which of them a scenario has met, so that what runs can be said as the lab says it."""

    substitutions: Mapping[str, Substitution] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)

    def runs(self, image: str) -> str:
        """What runs for the image a lab names: itself where nothing stands in for it."""
        found = self.substitutions.get(image) or self.substitutions.get(_short(image))
        if found is None:
            return image
        self.met[found.runs] = image
        return found.runs

    def says(self, text: str) -> str:
        """The text with every image that runs named as the scenario named it."""
        for runs in sorted(self.met, key=len, reverse=True):
            text = re.sub(rf"(?<![\w./-]){re.escape(runs)}(?![\w-]|[.:]\w)", self.met[runs].replace("\\", ""), text)
        return text

    def used(self) -> list[Substitution]:
        """The substitutions that the scenario has met."""
        return [one for one in self.substitutions.values() if one.runs in self.met and _short(self.met[one.runs]) == _short(one.lab)]


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
    return parse(file.read_text(encoding="utf-8"), shown or str(file))


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
        fields = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise LabFailure(_broken(error, shown)) from error
    if not isinstance(fields, dict):
        raise LabFailure(f"{shown}: these are no fields of an object, such as `spec: {{replicas: 3}}`.")
    return fields


def find(name: str, folders: Sequence[Path]) -> Path:
    """The manifest of that name in the first folder that has it; LabFailure that names the folders looked in."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    looked = "\n".join(f"  {folder / name}" for folder in folders)
    raise LabFailure(f'There is no manifest "{name}"; put it in one of these places:\n{looked}')


def folders(feature: Path, root: Path) -> tuple[Path, ...]:
    """Where a feature's manifests may lie: the folder of the same name under manifests/, beside the feature, manifests/ of the root."""
    parts = feature.parent.parts
    own = [feature.parent, feature.parent / "manifests"]
    if "features" in parts:
        at = len(parts) - 1 - parts[::-1].index("features")
        own.insert(0, Path(*parts[:at], "manifests", *parts[at + 1 :]))
    return tuple(dict.fromkeys([*own, root / "manifests"]))


def ordered(documents: Iterable[Document]) -> list[Document]:
    """What others lean on first, otherwise as they came."""
    rank = {kind: place for place, kinds in enumerate(ORDER) for kind in kinds}
    return sorted(documents, key=lambda one: rank.get(one.kind, len(ORDER)))


def held(document: Document, namespace: str) -> Document:
    """The document itself, when it stays in the scenario's namespace; LabFailure that says what leaves it."""
    elsewhere = (document.body.get("metadata") or {}).get("namespace")
    if document.kind in CLUSTER_WIDE:
        raise LabFailure(
            f'{document.where}: {document.kind} "{document.name}" belongs to the whole cluster; '
            "a scenario keeps to its own namespace. Take it out of the manifest."
        )
    if elsewhere and elsewhere != namespace:
        raise LabFailure(
            f'{document.where}: {document.kind} "{document.name}" sets the namespace "{elsewhere}"; '
            "each scenario has a fresh namespace of its own. Remove metadata.namespace."
        )
    return document


def substituted(thing: Any, images: Images) -> Any:
    """The same JSON with every container's image replaced by what this cluster runs for it."""
    if isinstance(thing, Mapping):
        return {key: _with_images(value, images) if key in CONTAINERS else substituted(value, images) for key, value in thing.items()}
    return [substituted(value, images) for value in thing] if isinstance(thing, list) else thing


def said(thing: Any, images: Images) -> Any:
    """The same JSON with every container's image named as the lab names it: the way back from `substituted`."""
    if isinstance(thing, Mapping):
        shown = {key: said(value, images) for key, value in thing.items()}
        return {**shown, "image": images.says(shown["image"])} if isinstance(shown.get("image"), str) else shown
    return [said(value, images) for value in thing] if isinstance(thing, list) else thing


def meant(thing: Any) -> Any:
    """The same JSON without nulls and empty maps and lists, which declare nothing (kubectl prints `status: {}`)."""
    if isinstance(thing, Mapping):
        return {key: kept for key, value in thing.items() if (kept := meant(value)) not in (None, {}, [])}
    return [meant(value) for value in thing] if isinstance(thing, list) else thing


def substituted_text(text: str, images: Images) -> str:
    """The same for a patch as it stands on a command line, merge or JSON patch; a text that is neither is left alone."""
    try:
        patch = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    if isinstance(patch, list):
        return json.dumps([_operation(one, images) for one in patch])
    return json.dumps(substituted(patch, images)) if isinstance(patch, dict) else text


def substitutions(file: Path = IMAGES) -> dict[str, Substitution]:
    """The substitutions of images.yaml, by the image that labs name; SetupTrouble where the file is broken."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        return {entry["lab"]: Substitution(entry["lab"], entry["runs"], entry["because"]) for entry in entries}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise SetupTrouble(f"This cluster's images cannot be read from {file}: {error}\nReinstall kubelab, or mend the file.") from error


def _with_images(containers: Any, images: Images) -> Any:
    if not isinstance(containers, list):
        return containers
    return [
        {**one, "image": images.runs(one["image"])} if isinstance(one, dict) and isinstance(one.get("image"), str) else one
        for one in containers
    ]


def _operation(one: Any, images: Images) -> Any:
    if isinstance(one, dict) and str(one.get("path", "")).endswith("/image") and isinstance(one.get("value"), str):
        return {**one, "value": images.runs(one["value"])}
    return substituted(one, images)


def _bodies(text: str) -> Iterator[tuple[Any, int]]:
    loader = yaml.CSafeLoader(text)
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


def _short(image: str) -> str:
    return image.removeprefix("docker.io/").removeprefix("library/")
