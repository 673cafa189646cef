"""The API server's "no" in words, and what it means when it says nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kubelab.errors import LabFailure


@dataclass(frozen=True)
class Cause:
    """One thing that the API server finds wrong: `field` "spec.replicas" in its own spelling, `reason` "FieldValueInvalid", its words."""

    field: str
    reason: str
    message: str


class Refused(LabFailure):
    """The API server refused a request: `code` 404, `reason` "NotFound", `message` in its own words, the causes where it lists them."""

    def __init__(self, code: int, reason: str, message: str, doing: str = "", causes: Sequence[Cause] = ()) -> None:
        super().__init__(f"The API server refused to {doing}: {message} ({reason or code})" if doing else f"{message} ({reason or code})")
        self.code, self.reason, self.message, self.doing, self.causes = code, reason, message, doing, tuple(causes)


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


def _causes(status: Mapping[str, Any]) -> list[Cause]:
    told = (status.get("details") or {}).get("causes") or ()
    return [Cause(str(one.get("field", "")), str(one.get("reason", "")), str(one.get("message", ""))) for one in told]
