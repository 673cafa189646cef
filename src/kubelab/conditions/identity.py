"""Identity by UID: whether an object is still the same, or was replaced, and who owns it."""

from kubelab.client.objects import Object, at, name, owner, uid
from kubelab.conditions.build import of_object
from kubelab.conditions.family import is_ending, is_observed, pods_of, ready_ones, staying
from kubelab.conditions.hopeless_rows import EVERYTHING
from kubelab.conditions.in_words import absent, in_words, pods_in_words
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

ADOPTING = ("ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet")
"""The kinds whose controllers adopt pods without an owner that match their selector."""

SETTLED = 0.25  # two watches may tell in another order than things happened, by some 10 ms (p99)


def replaced(pod: Object, *, same_node: bool = False) -> Condition:
    """`a replacement appears on the same node`: a ready pod of the same owner, created since the last When, and the old one is not ready.

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


def unchanged(kind: str, thing: Object) -> Condition:
    """`Pod "web" is still the same Pod`: the same UID, and not being deleted. Hopeless once it is not; its state does not count."""

    def observe(view: View) -> Observation:
        found = view.find(kind, name(thing))
        if found is None:
            return Observation(met=False, seen=absent(kind, name(thing)), hopeless="it is gone", about=(thing,))
        seen = f"{in_words(found)}, {'the same' if uid(found) == uid(thing) else 'another'} UID"
        same = uid(found) == uid(thing) and not is_ending(found)
        return Observation(same, seen, "" if same else seen, (found,))

    return Condition(f'{kind} "{name(thing)}" is still the same {kind}', observe, expects=EVERYTHING)


def renewed(kind: str, name: str) -> Condition:
    """`every pod of ReplicaSet "web" is new`: there are pods, and none of them was there at the last When."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found, had = staying(pods_of(view, workload)), {uid(pod) for pod in view.before.objects("Pod")}
        old = [one["metadata"]["name"] for one in found if uid(one) in had]
        return bool(found) and not old, f"{', '.join(old)} stayed" if old else pods_in_words(found)

    return Condition(f'every pod of {kind} "{name}" is new', of_object(kind, name, "", judge).observe)


def adopted(pod: Object, kind: str, owner_name: str) -> Condition:
    """`ReplicaSet "web" adopts Pod "mine"`: the same UID, now controlled by it. Hopeless once its controller acted without adopting it."""

    def observe(view: View) -> Observation:
        found, parent = _now(view, pod), view.find(kind, owner_name)
        has = owner(found or pod)
        passed_by = parent is not None and view.before.find(kind, owner_name) is None and _has_looked(view, parent) and not has
        hopeless = f"{kind} {owner_name} does not select it" if passed_by else ""
        met = found is not None and (has.get("kind"), has.get("name")) == (kind, owner_name)
        return Observation(met, _whose(view, pod), hopeless, about=(found or pod, *([parent] if parent else [])))

    return Condition(f'{kind} "{owner_name}" adopts Pod "{name(pod)}"', observe, every=SETTLED)


def orphaned(pod: Object) -> Condition:
    """`Pod "mine" has no owner`: the same UID, and each controller that may adopt pods has acted without adopting it.

    Hopeless once it is gone, or was adopted after having no owner.
    """

    def observe(view: View) -> Observation:
        found, late = _now(view, pod), [one for kind in ADOPTING for one in view.objects(kind) if not _has_looked(view, one)]
        seen = "; ".join([_whose(view, pod), *(f"{one['kind']} {name(one)} has not acted yet" for one in late)])
        lost = found is None or (owner(found) and not owner(pod))
        return Observation(not lost and not owner(found or pod) and not late, seen, seen if lost else "", (found or pod, *late))

    return Condition(f'Pod "{name(pod)}" has no owner', observe, every=SETTLED)


def left_alone(kind: str, name: str, count: int) -> Condition:
    """`3 pods of ReplicaSet "web" run on without an owner`: of those it had at the last When, that number is ready and has no owner.

    Hopeless once fewer are left.
    """

    def observe(view: View) -> Observation:
        parent = view.before.find(kind, name)
        had = pods_of(view.before, parent) if parent else []
        stay = staying([found for pod in had if (found := _now(view, pod))])
        free = [pod for pod in ready_ones(stay) if not owner(pod)]
        seen = "; ".join(_whose(view, pod) for pod in had) or f'{kind} "{name}" had no pods'
        return Observation(len(free) == count, seen, f"{len(stay)} of them stay" if len(stay) < count else "", about=stay or had)

    return Condition(f'{count} pods of {kind} "{name}" run on without an owner', observe)


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


def _has_looked(view: View, controller: Object) -> bool:
    """Whether it has acted on its latest generation, long enough ago that the watch of the pods shows the result."""
    newest = at(controller, "metadata", "generation")
    seen = [c for c in view.history(str(controller.get("kind"))) if c.uid == uid(controller) and is_observed(c.object)]
    return any(at(c.object, "metadata", "generation") == newest and c.time + SETTLED <= view.now for c in seen)


def _whose(view: View, pod: Object) -> str:
    found = _now(view, pod)
    return _with_owner(found) if found is not None else f"{name(pod)} is gone"


def _with_owner(pod: Object) -> str:
    has = owner(pod)
    return f"{in_words(pod)}, owned by {has['kind']} {has['name']}" if has else f"{in_words(pod)}, without an owner"


def _owner_in_words(pod: Object) -> str:
    has = owner(pod)
    return f'{has["kind"]} "{has["name"]}"' if has else f'Pod "{name(pod)}"'
