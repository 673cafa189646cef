"""Whether objects are there, were made, or were deleted, and what they say of themselves."""

from collections.abc import Callable, Iterable

from kubelab.client.objects import Object, at, condition, labels, name
from kubelab.conditions.build import of_namespace, of_object
from kubelab.conditions.family import is_ending
from kubelab.conditions.rows import EVERYTHING
from kubelab.conditions.words import absent, in_words
from kubelab.observation import Change, View
from kubelab.waiting import Condition, Observation


def exists(kind: str, name: str) -> Condition:
    """`Pod "web" exists`, in whatever state."""
    return of_object(kind, name, "exists", lambda _view, thing: (True, in_words(thing)))


def gone(kind: str, name: str) -> Condition:
    """`Pod "web" is gone`: the API server no longer has it."""

    def observe(view: View) -> Observation:
        thing = view.find(kind, name)
        if thing is None:
            return Observation(met=True, seen=absent(kind, name))
        return Observation(met=False, seen=in_words(thing), about=(thing,))

    return Condition(f'{kind} "{name}" is gone', observe, expects=EVERYTHING)


def none_left(kind: str) -> Condition:
    """`no Pod is left`: the namespace has none of that kind."""

    def judge(view: View) -> tuple[bool, str, tuple[Object, ...]]:
        left = view.objects(kind, view.namespace)
        return not left, _counted(kind, left), tuple(left)

    return Condition(f"no {kind} is left", of_namespace("", judge).observe, expects=EVERYTHING)


def none_created(kind: str) -> Condition:
    """`no Pod was created`: none appeared since the last When. For `throughout`."""
    return _none(kind, "created", lambda view: (c for c in view.history(kind, view.since) if c.type == "ADDED"))


def none_deleted(kind: str) -> Condition:
    """`no Pod was deleted`: no deletion was asked for or done since the last When. For `throughout`."""
    return _none(kind, "deleted", lambda view: deletions(view.history(kind, view.since)))


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
        found = at(thing, "metadata", "annotations", key)
        return found == value, f"{name} with {key}={found}" if found is not None else f"{name} without {key}"

    return of_object(kind, name, f'has annotation "{key}={value}"', judge, declared=True)


def has_condition(kind: str, name: str, type_: str, status: str, reason: str = "") -> Condition:
    """`Deployment "web" has condition "Progressing" "False" because of "ProgressDeadlineExceeded"`. Ends no wait early."""
    because = f' because of "{reason}"' if reason else ""

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        found = condition(thing, type_)
        met = found.get("status") == status and reason in ("", found.get("reason"))
        return (
            met,
            f"{type_} {found.get('status')}, {found.get('reason')}: {found.get('message', '')}" if found else f"no condition {type_}",
        )

    return of_object(kind, name, f'has condition "{type_}" "{status}"{because}', judge, expects=EVERYTHING)


def deletions(changes: Iterable[Change]) -> Iterable[Change]:
    """The changes that began or ended a deletion."""
    return (c for c in changes if c.type == "DELETED" or (is_ending(c.object) and not is_ending(c.before or {})))


def _none(kind: str, done: str, found: Callable[[View], Iterable[Change]]) -> Condition:
    def judge(view: View) -> tuple[bool, str, tuple[Object, ...]]:
        changes = list({c.uid: c for c in found(view)}.values())
        names = ", ".join(c.name for c in changes)
        return not changes, f"{names or 'none'} {done}", tuple(c.object for c in changes)

    return of_namespace(f"no {kind} was {done}", judge)


def _counted(kind: str, things: list[Object]) -> str:
    return f"{len(things)} {kind}: {', '.join(map(name, things[:6]))}" if things else f"no {kind}"
