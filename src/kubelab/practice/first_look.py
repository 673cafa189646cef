"""A look at a student's files before anything of them runs: which are missing, and what is wrong that no cluster is needed to see."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelab import kubectl, manifests
from kubelab.client.explanation import misplaced
from kubelab.client.fields import Keys
from kubelab.client.kinds import BUILT_IN
from kubelab.errors import LabFailure
from kubelab.exercises import Exercise
from kubelab.manifests.reach import NAMESPACE

if TYPE_CHECKING:
    from kubelab.client.schema import Schema
    from kubelab.manifests import Document

SCRIPT = ".sh"
OTHER_VERSIONS = frozenset({"autoscaling/v1"})
"""Older versions of built-in kinds that clusters serve still."""
Schemas = Callable[[Mapping[str, Any]], "Schema | None"]
"""The fields of an object's kind, as the cluster knows them; None where it does not say."""


@dataclass(frozen=True)
class Look:
    """What was seen: files that are not there, or in which nothing is yet; and mistakes, each with its place."""

    absent: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    is_begun: bool = True


def look(folder: Path, exercise: Exercise, schemas: Schemas = lambda _body: None) -> Look:
    """What can be seen in the files that the exercise asks for; where the schemas are known, unknown fields too."""
    absent, mistakes = list[str](), list[str]()
    for file in exercise.files:
        if not (folder / file).is_file():
            absent.append(f"{file} is not there yet.")
        elif is_blank(folder / file):
            absent.append(f"{file} has nothing in it yet.")
        else:
            mistakes += _of_file(folder / file, exercise, schemas)
    return Look(tuple(absent), tuple(mistakes), is_begun=len(absent) < len(exercise.files))


def is_blank(file: Path) -> bool:
    """Whether a file has nothing but comments and lines between documents."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):  # what it is, is told when it is read
        return False
    return all(line.strip() in {"", "---"} or line.strip().startswith("#") for line in lines)


def _of_file(file: Path, exercise: Exercise, schemas: Schemas) -> list[str]:
    """What is wrong with a file; the first thing only where that keeps the rest from being read."""
    try:
        if file.suffix == SCRIPT:
            return list(_of_commands(file))
        documents = manifests.read(file, file.name)
    except LabFailure as failure:
        return [str(failure)]
    return [said for document in documents for said in _of_object(document, exercise, schemas)]


def _of_commands(file: Path) -> Iterator[str]:
    for one in kubectl.commands(manifests.text(file, file.name), file.name):
        try:
            with one.told():
                kubectl.allowed(one.line, NAMESPACE)
        except LabFailure as failure:
            yield str(failure)


def _of_object(document: "Document", exercise: Exercise, schemas: Schemas) -> Iterator[str]:
    title = f'{document.kind} "{document.name}"'
    told = _of_version(document) or _of_kind(document, exercise) or _of_namespace(document) or _of_fields(document, schemas)
    yield from (f"{document.place(keys)}: {title}: {said}" for keys, said in told)


def _of_version(document: "Document") -> list[tuple[Keys, str]]:
    known, said = BUILT_IN.get(document.kind), str(document.body["apiVersion"])
    if known is None or said in {known.api_version, *OTHER_VERSIONS}:
        return []
    text = f'there is no {known.kind} in {said}; {known.kind} is in {known.api_version}. Write "apiVersion: {known.api_version}".'
    return [(("apiVersion",), text)]


def _of_kind(document: "Document", exercise: Exercise) -> list[tuple[Keys, str]]:
    if not exercise.kinds or document.kind in exercise.kinds:
        return []
    meant = next((kind for kind in exercise.kinds if kind.lower() == document.kind.lower()), "")
    remedy = f' Write "kind: {meant}".' if meant else ""
    return [(("kind",), f"this exercise asks for {' and '.join(exercise.kinds)}, and for no other kind.{remedy}")]


def _of_namespace(document: "Document") -> list[tuple[Keys, str]]:
    metadata = document.body.get("metadata")
    named = metadata.get("namespace") if isinstance(metadata, Mapping) else None
    if not named or manifests.is_own(str(named), NAMESPACE):
        return []
    keys = ("metadata", "namespace")
    return [(keys, f'it sets the namespace "{named}", and each objective has a new one of its own. Remove metadata.namespace.')]


def _of_fields(document: "Document", schemas: Schemas) -> list[tuple[Keys, str]]:
    schema = schemas(document.body)
    return misplaced(_unknown(document.body, schema), document.body, schema) if schema else []


def _unknown(thing: Any, schema: "Schema", above: Keys = ()) -> Iterator[Keys]:
    """The fields that no object of the kind has, without what is in them."""
    entries = thing.items() if isinstance(thing, Mapping) else enumerate(thing) if isinstance(thing, list) else ()
    for key, value in entries:
        keys = (*above, key)
        if schema.has(keys):
            yield from _unknown(value, schema, keys)
        else:
            yield keys
