"""Identity by UID: replaced or the same, by whom owned, with what kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kubelab.client.objects import Object, at, is_true, name, owner, uid
from kubelab.conditions.family import children, is_ending, ready_ones
from kubelab.conditions.words import absent, in_words, pods_in_words
from kubelab.observation import View
from kubelab.waiting import Condition, Observation


def replaced(pod: Object, *, same_node: bool = False) -> Condition:
    """`a replacement appears on the same node`: a ready pod of the same owner, made since the last When, and the old one serves no more.

    The new pod is the look's `about[0]`.
    """
    node = str(at(pod, "spec", "nodeName", default=""))
    place = f" on node {node}" if same_node else ""

    def observe(view: View) -> Observation:
        fresh = _made_since(view, pod)
        fitting = [one for one in ready_ones(fresh) if not same_node or at(one, "spec", "nodeName") == node]
        seen = pods_in_words(fresh) if fresh else f"no new pod; the old one: {_last_of(view, pod)}"
        return Observation(bool(fitting) and not _stays(view, pod), seen, about=(*fitting, *fresh, pod))

    return Condition(f"a new ready pod of {_owner_in_words(pod)}{place}", observe)


def comes_back(pod: Object) -> Condition:
    """`Pod "web-1" comes back with the same name`: another UID, the same name, ready, with the same volume claims."""

    def observe(view: View) -> Observation:
        found = view.find("Pod", name(pod))
        if found is None:
            return Observation(met=False, seen=absent("Pod", name(pod)), about=(pod,))
        new = uid(found) != uid(pod) and is_true(found, "Ready") and claims(found) == claims(pod)
        return Observation(new, f"{in_words(found)}, {'the same' if uid(found) == uid(pod) else 'another'} UID", about=(found,))

    return Condition(f'a new ready Pod "{name(pod)}" with the same name', observe)


def unchanged(kind: str, thing: Object) -> Condition:
    """`Pod "web" is still the same Pod`: the same UID, and not being deleted."""

    def observe(view: View) -> Observation:
        found = view.find(kind, name(thing))
        if found is None:
            return Observation(met=False, seen=absent(kind, name(thing)), about=(thing,))
        same = uid(found) == uid(thing)
        return Observation(same and not is_ending(found), f"{in_words(found)}, {'the same' if same else 'another'} UID", about=(found,))

    return Condition(f'{kind} "{name(thing)}" is still the same {kind}', observe)


def adopted(pod: Object, kind: str, owner_name: str) -> Condition:
    """`ReplicaSet "web" adopts Pod "mine"`: the same UID, now controlled by it."""
    wording = f'{kind} "{owner_name}" adopts Pod "{name(pod)}"'
    return _owned(pod, wording, lambda has: has.get("kind") == kind and has.get("name") == owner_name)


def orphaned(pod: Object) -> Condition:
    """`Pod "mine" has no owner`: the same UID, controlled by nobody."""
    return _owned(pod, f'Pod "{name(pod)}" has no owner', lambda has: not has)


def ordinals(name: str, numbers: Sequence[int]) -> Condition:
    """`StatefulSet "db" has the pods 0, 1, 2`, ready and not being deleted."""

    def observe(view: View) -> Observation:
        owner = view.find("StatefulSet", name)
        found = ready_ones(children(view, owner, "Pod")) if owner else []
        have = sorted(int(_ordinal(pod)) for pod in found)
        return Observation(have == sorted(numbers), pods_in_words(found), about=(*([owner] if owner else []), *found))

    return Condition(f'StatefulSet "{name}" has the pods {", ".join(map(str, numbers))}', observe)


def created_in_order(name: str, numbers: Sequence[int]) -> Condition:
    """`the pods of StatefulSet "db" were created in the order 0, 1, 2` since the last When."""

    def observe(view: View) -> Observation:
        made = [c for c in view.history("Pod", view.since) if c.type == "ADDED" and owner(c.object).get("name") == name]
        order = [int(_ordinal(c.object)) for c in made]
        return Observation(order == list(numbers), f"created: {', '.join(map(str, order)) or 'none'}", about=[c.object for c in made])

    return Condition(f'the pods of StatefulSet "{name}" were created in the order {", ".join(map(str, numbers))}', observe)


def claims(pod: Object) -> list[str]:
    """The names of the volume claims that a pod uses."""
    volumes = at(pod, "spec", "volumes", default=())
    return sorted(claim for volume in volumes if (claim := at(volume, "persistentVolumeClaim", "claimName")))


def _made_since(view: View, pod: Object) -> list[Object]:
    """The pods of the same owner that appeared since the last When."""
    made = {c.uid for c in view.history("Pod", view.since) if c.type == "ADDED"} - {uid(pod)}
    return [one for one in view.objects("Pod") if uid(one) in made and owner(one).get("uid") == owner(pod).get("uid")]


def _now(view: View, pod: Object) -> Object | None:
    found = view.find("Pod", name(pod))
    return found if found is not None and uid(found) == uid(pod) else None


def _stays(view: View, pod: Object) -> bool:
    found = _now(view, pod)
    return found is not None and not is_ending(found)


def _last_of(view: View, pod: Object) -> str:
    found = _now(view, pod)
    return in_words(found) if found is not None else f"{name(pod)} is gone"


def _owned(pod: Object, wording: str, fits: Callable[[Mapping[str, Any]], bool]) -> Condition:
    def observe(view: View) -> Observation:
        found = _now(view, pod)
        has = owner(found or {"metadata": {}})
        seen = f"{_last_of(view, pod)}, owned by {has['kind']} {has['name']}" if has else f"{_last_of(view, pod)}, without an owner"
        return Observation(found is not None and fits(has), seen, about=(found or pod,))

    return Condition(wording, observe)


def _owner_in_words(pod: Object) -> str:
    has = owner(pod)
    return f'{has["kind"]} "{has["name"]}"' if has else f'Pod "{name(pod)}"'


def _ordinal(pod: Object) -> str:
    return name(pod).rpartition("-")[2]
