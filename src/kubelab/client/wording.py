"""What the API server finds wrong, in a sentence for the person who wrote the manifest."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kubelab.client.complaints import SELECTOR, Complaint
from kubelab.client.fields import Keys, spelled, value_at
from kubelab.client.flow import flow
from kubelab.client.likeness import nearest
from kubelab.client.refusals import plain
from kubelab.client.schema import Schema

FEW = 8
NARROW = 5
"""In a map with at most that many fields, a map with arbitrary keys was meant."""


def sentence(complaint: Complaint, body: Any, keys: Keys, rest: str, schema: Schema | None) -> str:
    """The field and what is wrong with it; `keys` and `rest` are where `fields.located` found it in the object."""
    field = ".".join(filter(None, [spelled(keys), rest]))
    if complaint.what == "unknown":
        return f"{field} is not a field of this kind. {_home(keys, rest, schema)}".rstrip()
    value = None if rest else value_at(body, keys)
    return f"{field} {WORDS[complaint.what](Wrong(complaint, value, body, field.rpartition('.')[2]))}"


def _home(keys: Keys, rest: str, schema: Schema | None) -> str:
    """Where the field belongs, or what it is really called."""
    if schema is None or rest or not keys:
        return ""
    name, above = str(keys[-1]), keys[:-1]
    near, homes = nearest(name, schema.fields(above)), schema.homes(name, above)
    related = [home for home in homes if schema.is_related(home, above)]
    same = [one for one in near if one.lower() == name.lower()]
    free = schema.maps_of_texts(above) if len(schema.fields(above)) <= NARROW else []
    if same:
        return f'Write "{same[0]}".'
    if related:
        return _belongs(name, homes[0])
    if near:
        return f"Did you mean {_or(near)}?"
    return _belongs(name, _or([spelled((*above, one)) for one in free])) if free else _elsewhere(name, homes, schema.fields(above))


def _elsewhere(name: str, homes: list[str], fields: Mapping[str, Any]) -> str:
    if homes:
        return _belongs(name, homes[0])
    return f"There are only {', '.join(sorted(fields))}." if 0 < len(fields) <= FEW else "No field of this kind has that name: remove it."


def _belongs(name: str, home: str) -> str:
    return f'"{name}" belongs under {home}.' if home else f'"{name}" belongs at the left edge.'


@dataclass(frozen=True)
class Wrong:
    """A complaint with the value that the object has there (None for none), the whole object, and the field's own name."""

    complaint: Complaint
    value: Any
    body: Any
    name: str

    @property
    def detail(self) -> str:
        """What the server says beyond the kind of complaint."""
        return self.complaint.detail

    @property
    def shown(self) -> str:
        """The value as it was written, a string in quotes; for a part of a value, what the server shows."""
        if isinstance(self.value, str):
            return json.dumps(self.value, ensure_ascii=False)
        return flow(self.value) if self.value is not None else self.complaint.value


def _type(wrong: Wrong) -> str:
    return {"string": _text, "list": _list, "map": _map, "numeric": _number}.get(wrong.detail, _boolean)(wrong)


def _text(wrong: Wrong) -> str:
    value = wrong.value
    if isinstance(value, Mapping) and wrong.name == "matchLabels":
        return f"does not belong here: this selector takes the labels themselves. Write {flow(value)} in its place."
    if isinstance(value, Mapping) and len(value) == 1 and " " in str(next(iter(value))):
        return 'must be a string; the ": " in it makes it a map. Put quotes around the whole string.'
    if isinstance(value, Mapping | list):
        return f"must be a string, not {flow(value)}."
    return f"must be a string, and {flow(value)} is not one without quotes. Put quotes around it."


def _list(wrong: Wrong) -> str:
    value = wrong.value
    if isinstance(value, str) and re.fullmatch(r"[\w ./:=-]+", value):
        return f"must be a list. Write {flow(value.split())}."
    return f"must be a list, not {wrong.shown}. Begin each item with a dash."


def _map(wrong: Wrong) -> str:
    value = wrong.value
    if isinstance(value, str) and re.fullmatch(r"[\w./-]+=[^=]*", value):
        return f"must be a map. Write {value.replace('=', ': ', 1)}."
    dashes = " Leave out the dashes." if isinstance(value, list) else ""
    return f"must be a map of fields, not {wrong.shown}.{dashes}"


def _number(wrong: Wrong) -> str:
    if isinstance(wrong.value, str) and re.fullmatch(r"-?[0-9]+", wrong.value):
        return f"must be a number. Write {wrong.value} without quotes."
    return f"must be a number, not {wrong.shown}."


def _boolean(wrong: Wrong) -> str:
    return f"must be true or false, without quotes, not {wrong.shown}."


def _missing(wrong: Wrong) -> str:
    values = re.fullmatch(r"valid values: (.*)", wrong.detail)
    if values:
        cannot = "is missing" if wrong.value is None else f"cannot be {wrong.shown}"
        return f"{cannot}. Write {_or(_quoted(values[1]))}."
    state = "is missing" if wrong.value in (None, "", [], {}) else "is not complete"
    return f"{state}: {plain(wrong.detail)}." if wrong.detail else f"{state}."


def _unsupported(wrong: Wrong) -> str:
    allowed = _quoted(wrong.detail)
    return f"cannot be {wrong.shown}. Write {_or(allowed)}." if allowed else f"cannot be {wrong.shown}: {plain(wrong.detail)}."


def _invalid(wrong: Wrong) -> str:
    if SELECTOR in wrong.detail:
        selector = (wrong.body.get("spec") or {}).get("selector")
        labels = flow(selector.get("matchLabels", selector)) if isinstance(selector, Mapping) else "not there"
        return f"must have every label of spec.selector, which is {labels}; {f'it is {wrong.shown}' if wrong.value else 'it has none'}."
    if "field is immutable" in wrong.detail:
        return "cannot be changed once the object is there. Delete the object first, or leave the field as it was."
    if isinstance(wrong.value, Mapping | list) or wrong.value is None:
        return f"{f'has {wrong.complaint.value}' if wrong.complaint.value else 'is wrong'}: {plain(wrong.detail)}."
    return f"cannot be {wrong.shown}: {plain(wrong.detail)}."


def _forbidden(wrong: Wrong) -> str:
    return f"is not allowed here: {plain(wrong.detail)}."


def _duplicate(wrong: Wrong) -> str:
    if "=" in wrong.detail:
        return f"has two entries with the same {wrong.detail.replace(',', ', ')}. Give each its own, or keep one of them."
    return f"is there twice{f': {wrong.detail}' if wrong.detail else ''}. Keep one of them."


def _not_found(wrong: Wrong) -> str:
    return f"is {wrong.detail}, and nothing of that name is declared."


def _other(wrong: Wrong) -> str:
    return f"is wrong: {plain(wrong.detail)}."


WORDS: Mapping[str, Callable[[Wrong], str]] = {
    "type": _type,
    "missing": _missing,
    "unsupported": _unsupported,
    "invalid": _invalid,
    "forbidden": _forbidden,
    "duplicate": _duplicate,
    "not found": _not_found,
    "other": _other,
}


def _quoted(text: str) -> list[str]:
    return list(re.findall(r'"([^"]*)"', text))


def _or(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
