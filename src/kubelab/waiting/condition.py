"""Conditions as frozen values: words, and a look at a view; they combine with `&` and `~`."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kubelab.client.objects import Object
from kubelab.errors import SetupTrouble
from kubelab.observation import View

STEADY = 2.0
"""Seconds for which a state must be met that may also be only the one before: a kubelet, a proxy or a controller may take one to act."""


@dataclass(frozen=True)
class Observation:
    """One look: whether it was met, what was seen in words, and the raw objects it was about (for evidence).

    `hopeless` says why waiting longer cannot help, "" while it may.
    `unseen`: there was nothing to look at (no such object, a place that cannot be asked), so that the opposite is not met either.
    `missing` is the kind and the name of an object that would have to be there first.
    `answers`: where requests were counted, whom they were made to, and how many each Pod answered ("" for none that is known).
    """

    met: bool
    seen: str
    hopeless: str = ""
    about: Sequence[Object] = ()
    hint: str = ""
    unseen: bool = False
    missing: tuple[str, str] | None = None
    answers: tuple[str, Mapping[str, int]] | None = None


@dataclass(frozen=True)
class Condition:
    """A state in words, and how to see it.

    `declared` ones are judged at once: waiting does not change what was written down.
    `expects` names the rows of the hopeless table which the sentence itself waits for.
    `lasting` names those whose state it is not met by where that will pass by itself.
    `steady` is for what may only not have happened yet: the seconds for which it must be met without a break.
    `every` is the time between two looks, in seconds, for what no watch tells: a request's answer, or a log.
    `looks_back`: it is about everything since the last When, so that a gap in the watches since then may hide what it is about.
    """

    wording: str
    observe: Callable[[View], Observation]
    declared: bool = False
    expects: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    steady: float = 0.0
    every: float = math.inf
    looks_back: bool = False

    def __and__(self, other: "Condition") -> "Condition":
        def observe(view: View) -> Observation:
            return _combined([self.observe(view), other.observe(view)])

        return Condition(
            f"{self.wording} and {other.wording}",
            observe,
            self.declared and other.declared,
            self.expects | other.expects,
            self.lasting | other.lasting,
            max(self.steady, other.steady),
            min(self.every, other.every),
            self.looks_back or other.looks_back,
        )

    def __invert__(self) -> "Condition":
        def observe(view: View) -> Observation:
            look = self.observe(view)
            met = not look.met and not look.unseen
            return Observation(met, look.seen, about=look.about, unseen=look.unseen, missing=look.missing)

        return replace(self, wording=f"not ({self.wording})", observe=observe)


@dataclass(frozen=True)
class Sighting:
    """A hopeless state that has been in sight since a time of the store's clock, in words, with at most one hint.

    `trouble` is what to raise where it is not the lab's fault.
    """

    since: float
    text: str
    hint: str = ""
    trouble: SetupTrouble | None = None


@dataclass(frozen=True)
class Hopeless:
    """A row of the hopeless table: what ends a wait early once it has been in sight for `grace` seconds.

    `excused` is called last, and at most every ten seconds: it may ask the cluster.
    `absences` is `sightings` for an object that is missing: it gets its kind and name, and `excused` a stub of it.
    `doubted_until` is for a state that looks good but may not last: the time of the clock before which a met condition is not believed.
    `confirmed` is called after that time, and may ask the cluster: False where the state has ended, and the store does not tell yet.
    `passing` is called where a sentence waits for the state itself, and may ask the cluster: why it will pass by itself, "" if it lasts.
    """

    name: str
    grace: float
    sightings: Callable[[View, Sequence[Object]], Iterable[Sighting]]
    excused: Callable[[View, Sequence[Object]], bool] = lambda _view, _about: False
    absences: Callable[[View, str, str], Iterable[Sighting]] = lambda _view, _kind, _name: ()
    doubted_until: Callable[[View, Sequence[Object]], float] = lambda _view, _about: -math.inf
    confirmed: Callable[[View, Sequence[Object]], bool] = lambda _view, _about: True
    passing: Callable[[View, Sequence[Object]], str] = lambda _view, _about: ""


def _combined(looks: Sequence[Observation]) -> Observation:
    met = all(look.met for look in looks)
    telling = [look for look in looks if look.met == met]
    about = {id(thing): thing for look in looks for thing in look.about}
    return Observation(
        met,
        "; ".join(look.seen for look in telling),
        "" if met else _first(look.hopeless for look in telling),
        tuple(about.values()),
        _first(look.hint for look in telling),
        any(look.unseen for look in telling),
        next((look.missing for look in telling if look.missing), None),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
