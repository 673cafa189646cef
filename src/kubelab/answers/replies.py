"""What comes of asking a place: something, nothing, or that it could not be asked; the last never makes a sentence true."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kubelab.waiting import Observation

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """It was asked, and there was something."""

    what: T


@dataclass(frozen=True)
class Nothing:
    """It was asked, and there was nothing: `said` is how that was told."""

    said: str = ""


@dataclass(frozen=True)
class Unasked:
    """It could not be asked, and `why`; `final` where waiting does not change that; `missing` names an object that is not there."""

    why: str
    final: bool = False
    missing: tuple[str, str] | None = None


Reply = Found[T] | Nothing | Unasked


def judged(reply: Reply[T], found: Callable[[T], Observation], nothing: Callable[[str], Observation]) -> Observation:
    """The observation that a reply makes; of a place that could not be asked always one that is not met."""
    match reply:
        case Found(what):
            return found(what)
        case Nothing(said):
            return nothing(said)
        case Unasked():
            return unasked(reply)


def unasked(reply: Unasked) -> Observation:
    """The observation of a place that could not be asked."""
    return Observation(met=False, seen=reply.why, hopeless=reply.why if reply.final else "", unseen=True, missing=reply.missing)
