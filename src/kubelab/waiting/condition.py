"""Conditions as frozen values: words, and a look at a view; they combine with `&`, `|` and `~`."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kubelab.client.objects import Object
from kubelab.observation import View


@dataclass(frozen=True)
class Observation:
    """One look: whether it was met, what was seen in words, and the raw objects it was about (for evidence).

    `hopeless` says why waiting longer cannot help, "" while it may.
    """

    met: bool
    seen: str
    hopeless: str = ""
    about: Sequence[Object] = ()
    hint: str = ""


@dataclass(frozen=True)
class Condition:
    """A state in words, and how to see it.

    `declared` ones are judged at once: what was written down does not come with time.
    `expects` names the rows of the hopeless table which this very sentence waits for.
    `every` is how many seconds apart to look when no watch tells: for what a request answers, or a log says.
    """

    wording: str
    observe: Callable[[View], Observation]
    declared: bool = False
    expects: frozenset[str] = frozenset()
    every: float = math.inf

    def __and__(self, other: "Condition") -> "Condition":
        return self._with(other, "and", all)

    def __or__(self, other: "Condition") -> "Condition":
        return self._with(other, "or", any)

    def __invert__(self) -> "Condition":
        def observe(view: View) -> Observation:
            look = self.observe(view)
            return Observation(not look.met, look.seen, about=look.about)

        return Condition(f"not ({self.wording})", observe, self.declared, self.expects, self.every)

    def _with(self, other: "Condition", word: str, rule: Callable[[Iterable[bool]], bool]) -> "Condition":
        def observe(view: View) -> Observation:
            return _combined([self.observe(view), other.observe(view)], rule)

        wording = f"{self.wording} {word} {other.wording}"
        return Condition(wording, observe, self.declared and other.declared, self.expects | other.expects, min(self.every, other.every))


@dataclass(frozen=True)
class Sighting:
    """A hopeless state in sight since a time of the store's clock, in words, with at most one hint."""

    since: float
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Hopeless:
    """A row of the hopeless table: what ends a wait early once it has been in sight for `grace` seconds.

    `excused` is asked last, and at most every ten seconds: it may ask the cluster.
    `doubted_until` is for what looks well and may not be: the time of the clock before which a met condition is not believed.
    """

    name: str
    grace: float
    sightings: Callable[[View, Sequence[Object]], Iterable[Sighting]]
    excused: Callable[[View, Sequence[Object]], bool] = lambda _view, _about: False
    doubted_until: Callable[[View, Sequence[Object]], float] = lambda _view, _about: -math.inf


def _combined(looks: Sequence[Observation], rule: Callable[[Iterable[bool]], bool]) -> Observation:
    met = rule(look.met for look in looks)
    telling = [look for look in looks if look.met == met]
    hopeless = "" if met else _first(look.hopeless for look in telling if rule is all or all(w.hopeless for w in telling))
    about = {id(thing): thing for look in looks for thing in look.about}
    return Observation(
        met, "; ".join(look.seen for look in telling), hopeless, tuple(about.values()), _first(look.hint for look in telling)
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
