"""What the API server finds wrong, in one shape: its messages, those of Go's decoders and those of server-side apply, taken apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kubelab.client.refusals import Refused

What = Literal["unknown", "type", "missing", "unsupported", "invalid", "forbidden", "duplicate", "not found", "other"]
TYPED = re.compile(r"failed to create typed patch object \([^)]*\): (.*)", re.DOTALL)
APPLIED = re.compile(r"^\s*(\..*?): (.*)$", re.MULTILINE)
UNKNOWN = re.compile(r'unknown field "([^"]+)"')
TWICE = re.compile(r'duplicate field "([^"]+)"')
UNMARSHAL = re.compile(r"cannot unmarshal (\w+) into Go (?:struct field \w+\.([\w.]+) of type|value of type) ([\w.*\[\]]+)")
VALUE = re.compile(r'^(?:Invalid|Unsupported) value: (?:("(?:[^"\\]|\\.)*"|-?[0-9.]+)|\{.*?\}(?=: )|\[.*?\](?=: )|[^:]*): ')
SELECTOR = "`selector` does not match template `labels`"
REASONS: dict[str, What] = {
    "FieldValueRequired": "missing",
    "FieldValueNotSupported": "unsupported",
    "FieldValueInvalid": "invalid",
    "FieldValueTypeInvalid": "invalid",
    "FieldValueForbidden": "forbidden",
    "FieldValueDuplicate": "duplicate",
    "FieldValueNotFound": "not found",
}
GO_TYPES = {"bool": "boolean", "slice": "list", "map": "map", "struct": "map"}


@dataclass(frozen=True)
class Complaint:
    """One thing wrong: the field in the server's spelling, what is wrong with it, and a detail (a type, a reason, allowed values)."""

    field: str
    what: What
    detail: str = ""
    value: str = ""
    """What the server found there, if it is a string or a number."""


def complaints(refused: Refused) -> list[Complaint]:
    """Each complaint of a message, once; empty where the message names no field."""
    found = [*_applied(refused.message), *_decoded(refused.message)]
    found = found or [_caused(cause.field, cause.reason, cause.message) for cause in refused.causes if cause.field not in {"", "patch"}]
    return list({(one.field, one.what, one.value): one for one in found if not _is_consequence(one, found)}.values())


def _is_consequence(one: Complaint, found: list[Complaint]) -> bool:
    """Whether the labels only do not match because the selector is missing."""
    return SELECTOR in one.detail and any((other.field, other.what) == ("spec.selector", "missing") for other in found)


def _applied(message: str) -> Iterator[Complaint]:
    """What server-side apply says: `.spec.foo: field not declared in schema`."""
    typed = TYPED.search(message)
    for field, said in APPLIED.findall(typed[1]) if typed else ():
        expected = re.match(r"expected (\w+).*?, got ", said)
        item = re.match(r"element (\d+): associative list with keys may not have non-map elements", said)
        if "not declared in schema" in said:
            yield Complaint(field, "unknown")
        elif expected:
            yield Complaint(field, "type", expected[1])
        elif item:
            yield Complaint(f"{field}[{item[1]}]", "type", "map")
        elif said.startswith("duplicate entries for key"):
            yield Complaint(field, "duplicate", said.partition("[")[2].rstrip("]"))
        else:
            yield Complaint(field, "other", said)


def _decoded(message: str) -> Iterator[Complaint]:
    """What Go's decoders say: `unknown field "spec.foo"`, `json: cannot unmarshal …`."""
    for field in UNKNOWN.findall(message):
        yield Complaint(field, "unknown")
    for field in TWICE.findall(message):
        yield Complaint(field, "duplicate")
    for _, field, wanted in UNMARSHAL.findall(message):
        if field:
            yield Complaint(field, "type", _type(wanted))


def _caused(field: str, reason: str, message: str) -> Complaint:
    """What validation says; the value it found is taken from the object, not from here."""
    what, value = REASONS.get(reason, "other"), ""
    if what in {"invalid", "unsupported"}:
        begin = VALUE.match(message)
        value, message = (begin[1] or "", message[begin.end() :]) if begin else ("", message)
    return Complaint(field, what, re.sub(r"^(Required value|Forbidden|Not found|Duplicate value):? ?", "", message), value)


def _type(go: str) -> str:
    if go.startswith(("int", "uint", "float")):
        return "numeric"
    return "list" if go.startswith("[]") else GO_TYPES.get(go, "string" if go == "string" else "map")
