"""Whether objects exist, were created or were deleted; their labels, annotations and conditions."""

from collections.abc import Iterable
from dataclasses import replace

from kubelab.client.objects import Object, at, condition, labels, name
from kubelab.conditions.build import not_there, of_object
from kubelab.conditions.family import is_current, is_ending
from kubelab.conditions.hopeless_rows import EVERYTHING
from kubelab.conditions.in_words import absent, in_words
from kubelab.observation import Change, View
from kubelab.waiting import Condition, Observation

OWN_NOTES = frozenset({"kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"})
"""Annotations that kubectl and controllers write: they are not listed in messages."""


def exists(kind: str, name: str) -> Condition:
    """`Pod "web" exists`, in any state. That it does not exist is known too, as far as the kind is watched."""
    condition = of_object(kind, name, "exists", lambda _view, thing: (True, in_words(thing)))
    return replace(condition, observe=lambda view: replace(condition.observe(view), unseen=False))


def gone(kind: str, name: str) -> Condition:
    """`Pod "web" is gone`: it was there in this scenario, and the API server no longer has it."""

    def observe(view: View) -> Observation:
        thing = view.find(kind, name)
        if thing is None and not view.has_had(kind, name):
            look = not_there(view, kind, name)
            return replace(look, seen=f"{look.seen}, and there never was one")
        if thing is None:
            return Observation(met=True, seen=absent(kind, name))
        return Observation(met=False, seen=in_words(thing), about=(thing,))

    return Condition(f'{kind} "{name}" is gone', observe, expects=EVERYTHING)


def none_left(kind: str) -> Condition:
    """`no Pod is left`: the namespace had objects of that kind in this scenario, and has none any more."""

    def observe(view: View) -> Observation:
        left = view.objects(kind, view.namespace)
        if not left and not view.has_had(kind):
            return Observation(met=False, seen=f"no {kind}, and there never was one", unseen=True)
        return Observation(not left, _counted(kind, left), about=tuple(left))

    return Condition(f"no {kind} is left", observe, expects=EVERYTHING)


def none_created(kind: str) -> Condition:
    """`no Pod was created`: none appeared since the last When; the kind must be watched. For `throughout` and `stays`."""

    def observe(view: View) -> Observation:
        if kind not in view.listed:
            return Observation(met=False, seen=f"{kind} is not watched", unseen=True)
        made = {c.uid: c for c in view.history(kind, view.since) if c.type == "ADDED"}.values()
        return Observation(not made, f"{', '.join(c.name for c in made) or 'none'} created", about=tuple(c.object for c in made))

    return Condition(f"no {kind} was created", observe, looks_back=True)


def has_label(kind: str, name: str, key: str, value: str) -> Condition:
    """`Pod "web" has label "run=web"`, declared."""

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        have = ", ".join(f"{k}={v}" for k, v in labels(thing).items())
        return labels(thing).get(key) == value, f"{name} with labels {have or 'none'}"

    return of_object(kind, name, f'has label "{key}={value}"', judge, declared=True)


def lacks_label(kind: str, name: str, key: str) -> Condition:
    """`Pod "web" has no label "run"`, declared."""

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        return key not in labels(thing), f"{name} with {key}={labels(thing).get(key)}"

    return of_object(kind, name, f'has no label "{key}"', judge, declared=True)


def has_annotation(kind: str, name: str, key: str, value: str) -> Condition:
    """`Pod "web" has annotation "icon=x"`, declared."""

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        found = at(thing, "metadata", "annotations", default={})
        others = ", ".join(one for one in found if one not in OWN_NOTES)
        without = f"{name} without the annotation {key}" + (f" (there is: {others})" if others else "")
        return found.get(key) == value, f"{name} with {key}={found[key]}" if key in found else without

    return of_object(kind, name, f'has annotation "{key}={value}"', judge, declared=True)


def has_condition(kind: str, name: str, type_: str, status: str, reason: str = "") -> Condition:
    """`Deployment "web" has condition "Progressing" "False" because of "ProgressDeadlineExceeded"`: never hopeless.

    It must be about the latest generation.
    """
    because = f' because of "{reason}"' if reason else ""

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        found = condition(thing, type_)
        met = is_current(thing) and found.get("status") == status and reason in ("", found.get("reason"))
        said = f"{found.get('reason')}: {found.get('message', '')}".rstrip(": ")
        told = f"{type_} {found.get('status')}, {said}" if found else f"no condition {type_}"
        return met, told if is_current(thing) else f"{told} (from before its last change)"

    return of_object(kind, name, f'has condition "{type_}" "{status}"{because}', judge, expects=EVERYTHING)


def deletions(changes: Iterable[Change]) -> Iterable[Change]:
    """The changes by which a deletion began or ended."""
    return (c for c in changes if c.type == "DELETED" or (is_ending(c.object) and not is_ending(c.before or {})))


def _counted(kind: str, things: list[Object]) -> str:
    return f"{len(things)} {kind}: {', '.join(map(name, things[:6]))}" if things else f"no {kind}"
