"""The pods of a workload: which image they run, who owns them, why they wait, whether they were deleted."""

from collections.abc import Callable
from dataclasses import replace

from kubelab.client.objects import Object, at, owner, uid
from kubelab.conditions.build import of_object
from kubelab.conditions.family import is_ending, pods_of, staying
from kubelab.conditions.hopeless_rows import EVERYTHING
from kubelab.conditions.in_words import containers, counted, pods_in_words
from kubelab.conditions.pods import is_held_by, is_running_image, status_of
from kubelab.conditions.presence import deletions
from kubelab.conditions.same_image import same_image
from kubelab.observation import View
from kubelab.waiting import Condition, Observation


def every_pod_runs(kind: str, name: str, image: str, said: str = "") -> Condition:
    """`every pod of Deployment "web" runs image "nginx:1.15"`: there are pods, and each has a running container of that image.

    Hopeless where the template has other images.
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
    """`2 pods of ReplicaSet "web" run image "nginx:1.14"`: exactly that number, without those being deleted, run a container of it."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = staying(pods_of(view, workload))
        running = [pod for pod in found if any(is_running_image(pod, one["name"], image, said) for one in containers(pod))]
        return len(running) == count, f"{len(running)}: {'; '.join(map(_with_images, found[:6])) or 'no pods'}"

    says = f'{counted(count, "pod")} of {kind} "{name}" {"runs" if count == 1 else "run"} image "{said or image}"'
    return Condition(says, of_object(kind, name, "", judge).observe)


def every_pod_owned_by(kind: str, name: str, owner_kind: str) -> Condition:
    """`every pod of Deployment "web" is owned by a ReplicaSet`."""
    return _of_each(kind, name, f"is owned by a {owner_kind}", lambda pod: owner(pod).get("kind") == owner_kind, _owner_in_words)


def a_pod_waits(kind: str, name: str, reason: str) -> Condition:
    """`a pod of Deployment "web" is waiting with "ErrImagePull"`. Never hopeless."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        return any(is_held_by(pod, reason) for pod in found), pods_in_words(found)

    condition = of_object(kind, name, "", judge)
    return Condition(f'a pod of {kind} "{name}" is waiting with "{reason}"', condition.observe, expects=EVERYTHING)


def no_pod_deleted(kind: str, name: str) -> Condition:
    """`no pod of Deployment "web" was deleted`: none of those that it had at the last When. For `throughout`."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        had = {uid(pod) for pod in pods_of(view.before, workload) if not is_ending(pod)}
        gone = [c.name for c in deletions(view.history("Pod", view.since)) if c.uid in had]
        told = f"{', '.join(dict.fromkeys(gone)) or 'none'} deleted" if had else "it had no pods at the last When"
        return bool(had) and not gone, told

    condition = of_object(kind, name, "", judge)
    return Condition(f'no pod of {kind} "{name}" was deleted', condition.observe)


def _of_each(kind: str, name: str, says: str, holds: Callable[[Object], bool], tell: Callable[[Object], str]) -> Condition:
    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = staying(pods_of(view, workload))
        others = [pod for pod in found if not holds(pod)]
        detail = "; ".join(f"{pod['metadata']['name']}: {tell(pod)}" for pod in others[:6])
        return bool(found) and not others, detail or (f"all {len(found)} pods" if found else "no pods")

    condition = of_object(kind, name, "", judge)
    return Condition(f'every pod of {kind} "{name}" {says}', condition.observe)


def _images(pod: Object) -> str:
    return ", ".join(_image(str(one.get("image")), str(status_of(pod, one.get("name", "")).get("image", ""))) for one in containers(pod))


def _image(declared: str, running: str) -> str:
    """The image that is declared, and the one that runs, if the node calls it otherwise."""
    return f"{declared} (the node reports {running})" if running and not same_image(declared, running) else declared


def _with_images(pod: Object) -> str:
    return f"{pod['metadata']['name']}: {_images(pod)}"


def _owner_in_words(pod: Object) -> str:
    found = owner(pod)
    return f'{found["kind"]} "{found["name"]}"' if found else "no owner"
