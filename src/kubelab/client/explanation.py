"""A refusal of an object, explained field by field."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kubelab.client.complaints import Complaint, complaints
from kubelab.client.fields import Keys, located, spelled
from kubelab.client.refusals import Refused, plain
from kubelab.client.schema import Schema
from kubelab.client.unlocated import suspects
from kubelab.client.wording import sentence

Told = list[tuple[Keys, str]]
"""For each thing wrong the keys to its field, as far as the object has it, and a sentence."""


def misplaced(paths: Iterable[Keys], body: Mapping[str, Any], schema: Schema | None) -> Told:
    """Which of these places in a part of an object do not exist in the kind; none where the schema is not known."""
    unknown = [keys for keys in paths if schema is not None and not schema.has(keys)]
    return [(keys, sentence(Complaint("", "unknown"), body, keys, "", schema)) for keys in unknown]


def explained(refused: Refused, body: Mapping[str, Any], schema: Callable[[], Schema | None]) -> Told:
    """What is wrong with the object that was sent; the schema is asked for only where a field is unknown."""
    found = complaints(refused)
    known = schema() if any(one.what == "unknown" for one in found) else None
    places = [(one, *located(one.field, body)) for one in found]
    told = [(keys, sentence(one, body, keys, rest, known)) for one, keys, rest in places]
    told = told or [(keys, f"{spelled(keys)} {said}") for keys, said in suspects(refused.message, body)]
    return list(dict.fromkeys(told)) or [((), f"the API server refuses it: {plain(refused.message)}")]
