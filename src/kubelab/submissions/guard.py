"""What is refused of a submission's manifests before anything is applied: a sentence each, with file and line and what to write."""

from collections.abc import Collection, Iterator, Sequence

from kubelab.client.fields import spelled
from kubelab.client.kinds import BUILT_IN
from kubelab.client.likeness import nearest
from kubelab.manifests import Document
from kubelab.submissions.field_paths import Field, fields
from kubelab.submissions.forbidden_fields import Rule, rules

DOCUMENTS = 200
"""Objects of a submission."""


def guard(documents: Sequence[Document], kinds: Collection[str], allowed: Collection[str] = ()) -> list[str]:
    """What is refused: objects of other kinds than the exercise's `kinds`, and fields that no submission has unless they are `allowed`.

    What cannot be looked into is refused, too. The documents are those of all files, as `manifests.parse` gives them.
    """
    if len(documents) > DOCUMENTS:
        return [f"{documents[DOCUMENTS].where}: there are more than the {DOCUMENTS} objects that are taken. Hand in fewer."]
    return list(dict.fromkeys(said for one in documents for said in _refusals(one, kinds, allowed)))


def _refusals(document: Document, kinds: Collection[str], allowed: Collection[str]) -> Iterator[str]:
    """Of a kind that is not taken only that is told."""
    unasked = _of_kind(document, kinds)
    if unasked:
        yield f"{document.place(['kind'])}: {_title(document)}: {unasked}"
        return
    for rule in rules(document.kind):
        for field in fields(document.body, rule.pattern):
            if said := _of_field(field, rule, allowed):
                yield f"{document.place(field.keys)}: {_title(document)}: {said}"


def _of_kind(document: Document, kinds: Collection[str]) -> str:
    """Why objects of this kind are not taken, "" where they are."""
    kind, known = document.kind, BUILT_IN.get(document.kind)
    if known and not known.namespaced:
        return f"{kind} belongs to the whole cluster, and a submission keeps to its own namespace. Remove this object."
    if kind not in kinds:
        near = nearest(kind, kinds)
        meant = f"Did you mean {near[0]}?" if near else f"Its files may declare {' or '.join(sorted(kinds)) or 'nothing'}."
        return f"{kind} is not a kind that this exercise asks for. {meant}"
    if known is None:
        return f"whether objects of kind {kind} start Pods is not known, so none is taken of a submission. Remove this object."
    version = str(document.body.get("apiVersion"))
    if version.rpartition("/")[0] != known.group:
        return f"there is no {kind} in {version}; {kind} is in {known.api_version}. Write apiVersion: {known.api_version}."
    return ""


def _of_field(field: Field, rule: Rule, allowed: Collection[str]) -> str:
    """What is wrong with a field, "" where nothing is."""
    name = spelled(field.keys)
    if field.wanted:
        return f"{name} must be {field.wanted}: as it is, nobody can look into it. Write {field.wanted}."
    return f"{name} {rule.says}" if rule.allow not in allowed and rule.wrong(field.value) else ""


def _title(document: Document) -> str:
    return f'{document.kind} "{document.name}"'
