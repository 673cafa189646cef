"""The API server's "no" in words, and what it means when it says nothing."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kubelab.errors import LabFailure

T = TypeVar("T")
FORBIDDEN = frozenset({401, 403})
GO_VALUE = re.compile(r"&?(?:[a-z]\w*\.[A-Za-z]\w*|map\[string\]\S*(?: \{\})?)\{.*", re.DOTALL)
"""A value as Go prints it."""
BY_ACCOUNT = re.compile(r'User "system:serviceaccount:kubelab-(?:labs|submissions):[^"]*"')
"""How the API server names who a lab is."""
BY_POLICY = re.compile(r"ValidatingAdmissionPolicy '(kubelab-[a-z-]+)' with binding '\1' denied request: ")
"""How it begins what our admission policies say."""


@dataclass(frozen=True)
class Fault:
    """One thing that the API server finds wrong: `field` "spec.replicas" in its own spelling, `reason` "FieldValueInvalid", its words."""

    field: str
    reason: str
    message: str


class Refused(LabFailure):
    """The API server refused a request: `code` 404, `reason` "NotFound", `message` in its own words, the causes where it lists them."""

    def __init__(self, code: int, reason: str, message: str, doing: str = "", causes: Sequence[Fault] = ()) -> None:
        said = f"{plain(message)} ({reason or code})"
        super().__init__(f"The API server refused to {doing}: {said}" if doing else said)
        self.code, self.reason, self.message, self.doing, self.causes = code, reason, message, doing, tuple(causes)

    @property
    def forbids(self) -> bool:
        """Whether this account may not ask for it."""
        return self.code in FORBIDDEN


def if_permitted(ask: Callable[[], list[T]]) -> list[T]:
    """What is listed, nothing where this account may not list it."""
    try:
        return ask()
    except Refused as refused:
        if refused.forbids:
            return []
        raise


def refusal(code: int, body: bytes, doing: str) -> Refused:
    """The Refused of an answer, whether or not its body is a Status."""
    status = status_of(body)
    message = status.get("message") or body.decode(errors="replace").strip()[:500] or "no reason given"
    return Refused(code, str(status.get("reason", "")), str(message), doing, _causes(status))


def status_of(body: bytes) -> Mapping[str, Any]:
    """The Status object of an answer, empty when it is something else."""
    try:
        status = json.loads(body)
    except ValueError:
        return {}
    return status if isinstance(status, dict) and status.get("kind") == "Status" else {}


def _causes(status: Mapping[str, Any]) -> list[Fault]:
    told = (status.get("details") or {}).get("causes") or ()
    return [Fault(str(one.get("field", "")), str(one.get("reason", "")), str(one.get("message", ""))) for one in told]


def of_a_lab(text: str) -> str:
    """What the server refuses to a scenario's own account, without the account's name and the policy's."""
    return BY_POLICY.sub("", BY_ACCOUNT.sub("a lab", text))


def plain(text: str) -> str:
    """The server's own words without what only Go reads."""
    text = of_a_lab(text)
    text = re.sub(r"^failed to \w+ (?:new|typed patch) object \([^)]*\)(?: to proper version)?: ", "", text)
    text = re.sub(r'^ *"" is invalid: patch: Invalid value: "map\[.*\]": |^map: map\[.*\] ', "", text)
    text = re.sub(r"unable to convert unstructured object to [^:]*: |error decoding from json: ", "", text)
    text = re.sub(r"&value\.valueUnstructured\{Value:([^{}]*)\}", r"\1", text)
    text = GO_VALUE.sub("a value of another type", text)
    text = re.sub(r",? *regex used for validation is '[^']*'", "", text)
    return text.partition("\n")[0].strip()
