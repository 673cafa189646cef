"""A workload and its pods: how many, how ready, with which image, by whom owned."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kubelab.client.objects import Object, at, owner, uid
from kubelab.conditions.build import of_object, while_there
from kubelab.conditions.controllers.rollouts import wanted
from kubelab.conditions.family import children, is_ending, is_looked_at, pods_of, ready_ones, staying
from kubelab.conditions.in_words import containers, pods_in_words
from kubelab.conditions.pods import is_held_by, is_running_image
from kubelab.conditions.presence import deletions
from kubelab.conditions.rows import EVERYTHING
from kubelab.conditions.same_image import same_image
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

REPLICAS = "spec.replicas says how many pods it keeps; left out, it is 1."


def ready_pods(kind: str, name: str, count: int, *, may_be_scaled: bool = False) -> Condition:
    """`Deployment "web" has 3 ready pods`: exactly so many, none of them being deleted, and no other number is wanted.

    Another number declared in `spec.replicas` is hopeless, unless something may yet scale it.
    """

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        asked = wanted(view, workload) if kind == "DaemonSet" else at(workload, "spec", "replicas", default=count)
        return len(ready_ones(found)) == count == asked and (
            count > 0 or is_looked_at(workload)
        ), f"{len(ready_ones(found))} ready, {asked} wanted: {pods_in_words(found)}"

    def observe(view: View) -> Observation:
        look, asked = condition.observe(view), at(view.find(kind, name), "spec", "replicas", default=count)
        return look if may_be_scaled or asked == count else replace(look, hopeless=f"{name}: {asked} wanted", hint=REPLICAS)

    condition = of_object(kind, name, f"has {count} ready pod{_s(count)}", judge)
    return replace(condition, observe=observe)


def pods(kind: str, name: str, count: int) -> Condition:
    """`Deployment "web" has 3 pods`: exactly so many that stay, ready or not; none only once its controller has looked."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = staying(pods_of(view, workload))
        return len(found) == count and (count > 0 or is_looked_at(workload)), f"{len(found)}: {pods_in_words(pods_of(view, workload))}"

    return of_object(kind, name, f"has {count} pod{_s(count)}", judge)


def at_least_available(kind: str, name: str, count: int) -> Condition:
    """`Deployment "web" had at least 3 available pods`, for `throughout`: ready pods that are not being deleted."""
    return _counting(kind, name, f"has at least {count} available pod{_s(count)}", ready_ones, lambda found: found >= count)


def at_most(kind: str, name: str, count: int) -> Condition:
    """`Deployment "web" had at most 4 pods`, for `throughout`: as many as its ReplicaSets want together, which is what `maxSurge` limits.

    A pod may be there a moment before the one that makes room for it is asked to end. Of other kinds the pods that stay are counted.
    As long as there is no such workload, or it has none yet, there is nothing to see.
    """

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        asked = [(one["metadata"]["name"], at(one, "spec", "replicas", default=1)) for one in children(view, workload, "ReplicaSet")]
        total = sum(wants for _, wants in asked)
        return total <= count, f"{total} wanted: {', '.join(f'{name} {wants}' for name, wants in asked)}"

    says = f"has at most {count} pod{_s(count)}"
    counted = _counting(kind, name, says, staying, lambda found: found <= count)
    return while_there(kind, name, _of_some(kind, name, of_object(kind, name, says, judge) if kind == "Deployment" else counted))


def at_most_unavailable(kind: str, name: str, count: int) -> Condition:
    """`DaemonSet "agent" had at most 1 unavailable pod`, for `throughout`: of those wanted, so many are not ready."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        lacking = asked_for(workload) - len(ready_ones(found))
        return lacking <= count, f"{max(0, lacking)} unavailable: {pods_in_words(found)}"

    return _of_some(kind, name, of_object(kind, name, f"has at most {count} unavailable pod{_s(count)}", judge))


def wants(kind: str, name: str, count: int) -> Condition:
    """`Deployment "web" wants 3 pods`, declared: `spec.replicas`."""
    return of_object(kind, name, f"wants {count} pod{_s(count)}", lambda _view, thing: _wants(thing, count), declared=True)


def every_pod_runs(kind: str, name: str, image: str, said: str = "") -> Condition:
    """`every pod of Deployment "web" runs image "nginx:1.15"`: there are pods, and a running container of each was made of it.

    Hopeless where the template has other images: no pod can come to run it.
    """

    def holds(pod: Object) -> bool:
        return any(is_running_image(pod, one["name"], image, said) for one in containers(pod))

    def observe(view: View) -> Observation:
        look = condition.observe(view)
        template = at(view.find(kind, name), "spec", "template", default={})
        others = containers(template) and not any(same_image(str(one.get("image", "")), image) for one in containers(template))
        return replace(look, hopeless=f"its template has {_images(template)}") if others and not look.met else look

    condition = _of_each(kind, name, f'runs image "{said or image}"', holds, _images)
    return replace(condition, observe=observe)


def pods_run(kind: str, name: str, count: int, image: str, said: str = "") -> Condition:
    """`2 pods of ReplicaSet "web" run image "nginx:1.14"`: of so many that stay, no more, a running container was made of it."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = staying(pods_of(view, workload))
        running = [pod for pod in found if any(is_running_image(pod, one["name"], image, said) for one in containers(pod))]
        return len(running) == count, f"{len(running)}: {'; '.join(map(_with_images, found[:6])) or 'no pods'}"

    says = f'{count} pod{_s(count)} of {kind} "{name}" run{"s" if count == 1 else ""} image "{said or image}"'
    return Condition(says, of_object(kind, name, "", judge).observe)


def every_pod_owned_by(kind: str, name: str, owner_kind: str) -> Condition:
    """`every pod of Deployment "web" is owned by a ReplicaSet`."""
    return _of_each(kind, name, f"is owned by a {owner_kind}", lambda pod: owner(pod).get("kind") == owner_kind, _owner_in_words)


def a_pod_waits(kind: str, name: str, reason: str) -> Condition:
    """`a pod of Deployment "web" is waiting with "ErrImagePull"`. Ends no wait early."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        return any(is_held_by(pod, reason) for pod in found), pods_in_words(found)

    condition = of_object(kind, name, "", judge)
    return Condition(f'a pod of {kind} "{name}" is waiting with "{reason}"', condition.observe, expects=EVERYTHING)


def no_pod_deleted(kind: str, name: str) -> Condition:
    """`no pod of Deployment "web" was deleted`: of those it had at the last When, none was asked to end. For `throughout`."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        had = {uid(pod) for pod in pods_of(view.before, workload) if not is_ending(pod)}
        gone = [c.name for c in deletions(view.history("Pod", view.since)) if c.uid in had]
        told = f"{', '.join(dict.fromkeys(gone)) or 'none'} deleted" if had else "it had no pods at the last When"
        return bool(had) and not gone, told

    condition = of_object(kind, name, "", judge)
    return Condition(f'no pod of {kind} "{name}" was deleted', condition.observe)


def asked_for(workload: Object) -> int:
    """How many pods it wants by what its controller counts: its replicas, or a DaemonSet's number of nodes."""
    if workload.get("kind") == "DaemonSet":
        return int(at(workload, "status", "desiredNumberScheduled", default=0))
    return int(at(workload, "spec", "replicas", default=1))


def _wants(workload: Object, count: int) -> tuple[bool, str]:
    replicas = at(workload, "spec", "replicas")
    return replicas == count, f"{replicas} wanted"


def _counting(
    kind: str, name: str, says: str, select: Callable[[Sequence[Object]], Sequence[Object]], holds: Callable[[int], bool]
) -> Condition:
    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        return holds(len(select(found))), f"{len(select(found))}: {pods_in_words(found)}"

    return of_object(kind, name, says, judge)


def _of_some(kind: str, name: str, condition: Condition) -> Condition:
    """The same, for `throughout`: without any pod there is nothing that it could be seen of."""

    def observe(view: View) -> Observation:
        look, thing = condition.observe(view), view.find(kind, name)
        return look if thing is None or pods_of(view, thing) else replace(look, unseen=True)

    return replace(condition, observe=observe)


def _of_each(kind: str, name: str, says: str, holds: Callable[[Object], bool], tell: Callable[[Object], str]) -> Condition:
    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = staying(pods_of(view, workload))
        others = [pod for pod in found if not holds(pod)]
        detail = "; ".join(f"{pod['metadata']['name']}: {tell(pod)}" for pod in others[:6])
        return bool(found) and not others, detail or (f"all {len(found)} pods" if found else "no pods")

    condition = of_object(kind, name, "", judge)
    return Condition(f'every pod of {kind} "{name}" {says}', condition.observe)


def _images(pod: Object) -> str:
    return ", ".join(str(one.get("image")) for one in containers(pod))


def _with_images(pod: Object) -> str:
    return f"{pod['metadata']['name']}: {_images(pod)}"


def _owner_in_words(pod: Object) -> str:
    found = owner(pod)
    return f'{found["kind"]} "{found["name"]}"' if found else "no owner"


def _s(count: int) -> str:
    return "" if count == 1 else "s"
