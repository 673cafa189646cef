"""Conditions are values that combine."""

from dataclasses import replace

import pytest

from kubelab.observation import View
from kubelab.waiting import Condition, Observation

VIEW = View("lab")


def fact(wording: str, *, met: bool, **more: object) -> Condition:
    """A condition that is met, or not."""
    return Condition(wording, lambda _view: Observation(met, f"saw {wording}", **more))  # type: ignore[arg-type]


YES, NO = fact("yes", met=True), fact("no", met=False)


@pytest.mark.parametrize(
    ("condition", "wording", "met", "seen"),
    [
        (YES & YES, "yes and yes", True, "saw yes; saw yes"),
        (YES & NO, "yes and no", False, "saw no"),
        (~NO, "not (no)", True, "saw no"),
        (~(YES & NO), "not (yes and no)", True, "saw no"),
    ],
)
def test_conditions_combine(condition: Condition, wording: str, *, met: bool, seen: str) -> None:
    """The wording, the verdict, and what was seen of the parts that decided it."""
    look = condition.observe(VIEW)

    assert (condition.wording, look.met, look.seen) == (wording, met, seen)


def test_one_hopeless_part_makes_both_hopeless() -> None:
    """With its hint."""
    doomed = fact("doomed", met=False, hopeless="never", hint="give up")

    look = (YES & doomed).observe(VIEW)

    assert (look.hopeless, look.hint) == ("never", "give up")


def test_what_they_expect_and_concern_adds_up() -> None:
    """The opt-outs, the objects, and how often and how long to look."""
    look = Observation(met=True, seen="", about=({"a": 1},))
    one = Condition("a", lambda _v: look, declared=True, expects=frozenset({"x"}), lasting=frozenset({"x"}), every=2)
    other = Condition("b", lambda _v: replace(look, about=({"b": 1},)), declared=False, expects=frozenset({"y"}), steady=3)

    both = one & other

    assert (both.declared, both.expects, both.every) == (False, frozenset({"x", "y"}), 2.0)
    assert (both.lasting, both.steady) == (frozenset({"x"}), 3)
    assert both.observe(VIEW).about == ({"a": 1}, {"b": 1})
    assert (~one).declared
