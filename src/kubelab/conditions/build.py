"""Builds conditions about one object, and about a workload with its pods."""

from collections.abc import Callable
from dataclasses import replace

from kubelab.client.objects import Object
from kubelab.conditions.family import family
from kubelab.conditions.in_words import absent
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

Judge = Callable[[View, Object], tuple[bool, str]]
"""Looks at the object in a view: whether the condition holds, and what is seen."""


def of_object(
    kind: str, name: str, says: str, judge: Judge, *, declared: bool = False, expects: frozenset[str] = frozenset(), steady: float = 0.0
) -> Condition:
    """The condition `Kind "name" says`, judged on this object alone; not met while it does not exist."""

    def observe(view: View) -> Observation:
        thing = view.find(kind, name)
        if thing is None:
            return not_there(view, kind, name)
        met, seen = judge(view, thing)
        return Observation(met, seen, about=family(view, thing))

    return Condition(f'{kind} "{name}" {says}', observe, declared, expects, steady=steady)


def while_there(kind: str, name: str, condition: Condition) -> Condition:
    """The same, but met while the object does not exist: for `throughout`, for an object that the When itself creates."""

    def observe(view: View) -> Observation:
        return condition.observe(view) if view.find(kind, name) else replace(not_there(view, kind, name), met=True)

    return replace(condition, observe=observe)


def not_there(view: View, kind: str, name: str) -> Observation:
    """The observation that the object does not exist, and which others do."""
    return Observation(met=False, seen=absent(kind, name, view.objects(kind)), unseen=True, missing=(kind, name))


def of_namespace(wording: str, judge: Callable[[View], tuple[bool, str, tuple[Object, ...]]]) -> Condition:
    """A condition on the whole namespace: whether it holds, what is seen, which objects it is about."""

    def observe(view: View) -> Observation:
        met, seen, about = judge(view)
        return Observation(met, seen, about=about)

    return Condition(wording, observe)


def elsewhere(namespace: str, condition: Condition) -> Condition:
    """The same for objects in another namespace, which must be watched too."""

    def observe(view: View) -> Observation:
        return condition.observe(replace(view, namespace=namespace))

    return replace(condition, wording=f'{condition.wording} (namespace "{namespace}")', observe=observe)
