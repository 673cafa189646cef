"""The reply of a place: something, nothing, or that it could not be asked; the last never makes a sentence true."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kubelab.waiting import Observation

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """The place was asked, and there was something."""

    what: T


@dataclass(frozen=True)
class Nothing:
    """The place was asked, and there was nothing: `said` is how it said so."""

    said: str = ""


@dataclass(frozen=True)
class Unasked:
    """The place could not be asked, and `why`; `final` if waiting does not change that; `missing` names an object that is not there."""

    why: str
    final: bool = False
    missing: tuple[str, str] | None = None


Reply = Found[T] | Nothing | Unasked


def judged(reply: Reply[T], found: Callable[[T], Observation], nothing: Callable[[str], Observation]) -> Observation:
    """The observation for a reply; it is never met for a place that could not be asked."""
    match reply:
        case Found(what):
            return found(what)
        case Nothing(said):
            return nothing(said)
        case Unasked():
            return unasked(reply)


def unasked(reply: Unasked) -> Observation:
    """The observation for a place that could not be asked."""
    return Observation(met=False, seen=reply.why, hopeless=reply.why if reply.final else "", unseen=True, missing=reply.missing)
