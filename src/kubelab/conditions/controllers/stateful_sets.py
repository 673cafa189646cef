"""A StatefulSet's pods by their ordinals: which there are, in which order they were created, and whether each keeps its identity."""

from collections.abc import Sequence
from itertools import pairwise

from kubelab.client.objects import Object, at, is_true, name, owner, uid
from kubelab.conditions.build import not_there
from kubelab.conditions.family import is_ending, pods_of, ready_ones
from kubelab.conditions.hopeless_rows import EVERYTHING
from kubelab.conditions.in_words import absent, in_words, pods_in_words
from kubelab.observation import Change, View
from kubelab.waiting import Condition, Observation

KIND = "StatefulSet"


def ordinals(name: str, numbers: Sequence[int]) -> Condition:
    """`StatefulSet "db" has the pods 0, 1, 2`: those are ready and not being deleted, and it has, and wants, no other.

    Another number declared in `spec.replicas` is hopeless.
    """

    def observe(view: View) -> Observation:
        thing = view.find(KIND, name)
        if thing is None:
            return not_there(view, KIND, name)
        found, asked = pods_of(view, thing), at(thing, "spec", "replicas", default=len(numbers))
        met = asked == len(numbers) and sorted(map(ordinal, ready_ones(found))) == sorted(numbers)
        seen = f"{asked} wanted: {pods_in_words(found)}"
        return Observation(met, seen, "" if asked == len(numbers) else f"{name}: {asked} wanted", (thing, *found))

    return Condition(f'{KIND} "{name}" has the pods {_listed(numbers)}', observe)


def created_in_order(name: str, numbers: Sequence[int]) -> Condition:
    """`the pods 0, 1, 2 of StatefulSet "db" were created one after another`: in this order, each once the one before it was ready.

    Since the last When; hopeless as soon as one was created out of order.
    """

    def observe(view: View) -> Observation:
        made = _made(view, name)
        order = [ordinal(c.object) for c in made]
        early = [f"{b.name} before {a.name} was ready" for a, b in pairwise(made) if not b.missed and not _was_ready(view, a, b)]
        seen = "; ".join([f"created: {_listed(order) or 'none'}", *early])
        wrong = early or order != list(numbers)[: len(order)]
        return Observation(order == list(numbers) and not early, seen, seen if wrong else "", [c.object for c in made])

    return Condition(f'the pods {_listed(numbers)} of StatefulSet "{name}" were created one after another', observe)


def created_at_once(name: str, numbers: Sequence[int]) -> Condition:
    """`the pods 0, 1, 2 of StatefulSet "db" were created at once`: none was ready yet when the last was created. Since the last When."""

    def observe(view: View) -> Observation:
        made = _made(view, name)
        order = sorted(ordinal(c.object) for c in made)
        awaited = [f"{c.name} was ready before {made[-1].name} was created" for c in made[:-1] if _was_ready(view, c, made[-1])]
        seen = "; ".join([f"created: {_listed(order) or 'none'}", *awaited])
        return Observation(order == sorted(numbers) and not awaited, seen, "; ".join(awaited), [c.object for c in made])

    return Condition(f'the pods {_listed(numbers)} of StatefulSet "{name}" were created at once', observe)


def deleted_in_order(name: str, numbers: Sequence[int]) -> Condition:
    """`the pods 3, 2 of StatefulSet "db" were deleted one after another`: their deletions were requested in this order, and they are gone.

    Since the last When; hopeless as soon as one is out of order, unless a gap in the watches hides it.
    """

    def observe(view: View) -> Observation:
        asked = _deletion_requests(view, name)
        order, wanted = [ordinal(c.object) for c in asked], list(numbers)
        if any(c.missed for c in asked):
            order.sort(key=lambda number: wanted.index(number) if number in wanted else len(wanted))
        left = [c.object for c in asked if _stays(view, c)]
        seen = "; ".join([f"deletions requested: {_listed(order) or 'none'}", *(f"{c['metadata']['name']} is still there" for c in left)])
        return Observation(order == wanted and not left, seen, seen if order != wanted[: len(order)] else "", [c.object for c in asked])

    wording = f'the pods {_listed(numbers)} of StatefulSet "{name}" were deleted one after another'
    return Condition(wording, observe, expects=EVERYTHING, looks_back=True)


def one_ending(name: str) -> Condition:
    """At most one pod of the StatefulSet, which exists, is Terminating."""

    def observe(view: View) -> Observation:
        thing = view.find(KIND, name)
        if thing is None:
            return not_there(view, KIND, name)
        going = [pod for pod in pods_of(view, thing) if is_ending(pod)]
        seen = f"Terminating: {_listed([ordinal(pod) for pod in going]) or 'none'}"
        return Observation(len(going) <= 1, seen, about=(thing, *going))

    return Condition(f'at most one pod of StatefulSet "{name}" is Terminating', observe, expects=EVERYTHING)


def comes_back(pod: Object) -> Condition:
    """`Pod "db-1" comes back with the same name`: another UID, the same name, ready, with the same volume claims."""

    def observe(view: View) -> Observation:
        found = view.find("Pod", name(pod))
        if found is None:
            return Observation(met=False, seen=absent("Pod", name(pod)), about=(pod,))
        new = uid(found) != uid(pod) and is_true(found, "Ready") and claims(found) == claims(pod)
        kept = "" if claims(found) == claims(pod) else f", with the claims {', '.join(claims(found)) or 'none'}"
        told = f"{in_words(found)}, {'the same' if uid(found) == uid(pod) else 'another'} UID{kept}"
        return Observation(new, told, about=(found,))

    return Condition(f'a new ready Pod "{name(pod)}" with the same name', observe)


def ordinal(pod: Object) -> int:
    """The number at the end of a pod's name."""
    return int(name(pod).rpartition("-")[2])


def claims(pod: Object) -> list[str]:
    """The names of the volume claims that a pod uses."""
    volumes = at(pod, "spec", "volumes", default=())
    return sorted(claim for volume in volumes if (claim := at(volume, "persistentVolumeClaim", "claimName")))


def _made(view: View, name: str) -> list[Change]:
    """The creations of its pods since the last When, oldest first."""
    came = (c for c in view.history("Pod", view.since) if c.type == "ADDED")
    return [c for c in came if (owner(c.object).get("kind"), owner(c.object).get("name")) == (KIND, name)]


def _deletion_requests(view: View, name: str) -> list[Change]:
    """For each of its pods whose deletion was requested since the last When, the change that first showed that."""
    ends = (c for c in view.history("Pod", view.since) if c.type == "DELETED" or is_ending(c.object))
    news = (c for c in ends if c.before is not None and not is_ending(c.before))
    return [c for c in news if (owner(c.object).get("kind"), owner(c.object).get("name")) == (KIND, name)]


def _stays(view: View, change: Change) -> bool:
    """Whether the same pod, by its UID, is still there."""
    found = view.find("Pod", change.name)
    return found is not None and uid(found) == change.uid


def _was_ready(view: View, pod: Change, then: Change) -> bool:
    """Whether a pod had become ready before another change came."""
    past = (c for c in view.history("Pod") if c.uid == pod.uid and c.version < then.version)
    return any(is_true(c.object, "Ready") for c in past)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
