"""The objects concerned, each under its owner."""

from collections.abc import Iterator, Sequence

from kubelab.client.objects import Object, name, owner, uid
from kubelab.conditions.in_words import in_words
from kubelab.diagnostics.causes import is_network
from kubelab.diagnostics.surroundings import Surroundings
from kubelab.observation import View

WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "CronJob", "Job", "Pod", "Service")
MANY = 40


def concerned(view: View, about: Sequence[Object]) -> list[Object]:
    """The objects that a failure names, their owners and what they own, as last seen; all workloads and pods when it names none."""
    everything = {uid(thing): thing for kind in WORKLOADS for thing in view.objects(kind)}
    if not about:
        return list(everything.values())
    wanted = {uid(thing): everything.get(uid(thing), thing) for thing in about}
    for thing in list(wanted.values()):
        wanted |= {uid(one): one for one in (*_owners(thing, everything), *_owned(thing, everything))}
    return list(wanted.values())


def told(around: Surroundings, about: Sequence[Object]) -> list[str]:
    """The same objects' states, Ingresses and Services first where the failure is about reaching something."""
    doors = [*around.all("Ingress"), *around.all("Service")] if is_network(around, about) else []
    known = {uid(thing) for thing in doors}
    return lines(around.view, [*doors, *(thing for thing in about if uid(thing) not in known)])


def lines(view: View, about: Sequence[Object]) -> list[str]:
    """The objects' states, indented below their owners; the deleted ones say so."""
    by_uid = {uid(thing): thing for thing in about}
    roots = [thing for thing in about if owner(thing).get("uid") not in by_uid]
    here = {uid(thing) for thing in view.objects_by_key.values()}
    told = [line for root in roots for line in _branch(root, by_uid, here, 0)]
    return [*told[:MANY], f"… {len(told) - MANY} more …"] if len(told) > MANY else told


def _branch(thing: Object, by_uid: dict[str, Object], here: set[str], depth: int) -> Iterator[str]:
    gone = "" if uid(thing) in here or thing.get("kind") == "Ingress" else ", deleted"
    state = in_words(thing).removeprefix(name(thing))
    yield f"{'  ' * depth}{thing.get('kind', 'object')} {name(thing)}{state}{gone}"
    for child in by_uid.values():
        if owner(child).get("uid") == uid(thing):
            yield from _branch(child, by_uid, here, depth + 1)


def _owners(thing: Object, everything: dict[str, Object]) -> Iterator[Object]:
    above = everything.get(str(owner(thing).get("uid")))
    if above is not None:
        yield above
        yield from _owners(above, everything)


def _owned(thing: Object, everything: dict[str, Object]) -> Iterator[Object]:
    for below in everything.values():
        if owner(below).get("uid") == uid(thing):
            yield below
            yield from _owned(below, everything)
