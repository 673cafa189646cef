"""One pod by its name: its phase, whether it is ready, its node, its images, its restarts."""

from collections.abc import Callable

from kubelab.client.objects import Object, all_statuses, at, is_true
from kubelab.conditions.build import of_object
from kubelab.conditions.family import is_ending
from kubelab.conditions.hopeless_rows import CRASH, POD_TROUBLE
from kubelab.conditions.in_words import absent, containers, counted, pod_in_words, statuses
from kubelab.conditions.same_image import same_image
from kubelab.conditions.taints import repels
from kubelab.observation import View
from kubelab.waiting import STEADY, Condition

CONTROL_PLANE = "node-role.kubernetes.io/control-plane"


def ready(name: str) -> Condition:
    """`Pod "web" is ready`: its Ready condition is true and it is not being deleted."""
    return _pod(name, "is ready", lambda pod: is_true(pod, "Ready") and not is_ending(pod))


def in_phase(name: str, phase: str) -> Condition:
    """`Pod "web" is Succeeded`: Pending, Running, Succeeded, Failed, Unknown, or Terminating. Every Pod is Pending at first."""
    expects = POD_TROUBLE if phase in {"Pending", "Failed"} else frozenset[str]()
    steady = STEADY if phase == "Pending" else 0.0
    return _pod(name, f"is {phase}", lambda pod: phase_of(pod) == phase, expects=expects, steady=steady)


def on_worker(name: str) -> Condition:
    """`Pod "web" is on a worker node`: on a node whose taints keep no Pod away."""

    def judge(view: View, pod: Object) -> tuple[bool, str]:
        node = view.find("Node", at(pod, "spec", "nodeName", default=""))
        return node is not None and not repels(node), pod_in_words(pod)

    return of_object("Pod", name, "is on a worker node", judge, expects=frozenset({CRASH}))


def apart(name: str, other: str) -> Condition:
    """`Pod "web" is on another node than Pod "client"`: both have one."""

    def judge(view: View, pod: Object) -> tuple[bool, str]:
        found = view.find("Pod", other)
        here, there = (at(one, "spec", "nodeName") for one in (pod, found))
        return bool(here and there) and here != there, f"{pod_in_words(pod)}; {pod_in_words(found) if found else absent('Pod', other)}"

    return of_object("Pod", name, f'is on another node than Pod "{other}"', judge, expects=frozenset({CRASH}))


def containers_ready(name: str, count: int, total: int | None = None) -> Condition:
    """`Pod "web" has 2 of 2 containers ready`."""
    wanted = sorted([True] * count + [False] * ((total or count) - count))
    says = f"has {count} of {total or count} containers ready"
    steady = 0.0 if count else STEADY
    return _pod(name, says, lambda pod: sorted(bool(at(status, "ready")) for status in statuses(pod)) == wanted, steady=steady)


def has_image(name: str, container: str, image: str, said: str = "") -> Condition:
    """`Pod "web" has image "nginx:1.14" in container "nginx"`, declared. `said` is the image as the lab names it."""

    def judge(_view: View, pod: Object) -> tuple[bool, str]:
        images = {one["name"]: str(one.get("image", "")) for one in containers(pod)}
        return same_image(images.get(container, ""), image), f"{name} with {_listed(images)}"

    return of_object("Pod", name, f'has image "{said or image}" in container "{container}"', judge, declared=True)


def runs_image(name: str, container: str, image: str, said: str = "") -> Condition:
    """`container "nginx" of Pod "web" runs image "nginx:1.15"`: the running container has this image."""

    def judge(_view: View, pod: Object) -> tuple[bool, str]:
        return is_running_image(pod, container, image, said), pod_in_words(pod)

    condition = of_object("Pod", name, "runs it", judge)
    return Condition(f'container "{container}" of Pod "{name}" runs image "{said or image}"', condition.observe)


def restarted(name: str, container: str, times: int) -> Condition:
    """`container "nginx" of Pod "web" has restarted 1 time`: exactly that often, and it runs."""

    def judge(_view: View, pod: Object) -> tuple[bool, str]:
        status = status_of(pod, container)
        runs = at(status, "state", "running") is not None
        return runs and at(status, "restartCount") == times, f"{pod_in_words(pod)}, {at(status, 'restartCount', default=0)} restarts"

    condition = of_object("Pod", name, "has restarted", judge)
    wording = f'container "{container}" of Pod "{name}" has restarted {counted(times, "time")}'
    return Condition(wording, condition.observe, expects=frozenset({CRASH}))


def opens_port(name: str, container: str, port: int) -> Condition:
    """`container "nginx" of Pod "web" opens port 80`, declared."""

    def judge(_view: View, pod: Object) -> tuple[bool, str]:
        ports = [at(p, "containerPort") for one in containers(pod) if one["name"] == container for p in at(one, "ports", default=())]
        return port in ports, f"{name}, {container} with ports {', '.join(map(str, ports)) or 'none'}"

    condition = of_object("Pod", name, "opens", judge)
    return Condition(f'container "{container}" of Pod "{name}" opens port {port}', condition.observe, declared=True)


def phase_of(pod: Object) -> str:
    """Its phase; "Terminating" once it is being deleted."""
    return "Terminating" if is_ending(pod) else str(at(pod, "status", "phase", default="Pending"))


def status_of(pod: Object, container: str) -> Object:
    """The status of one container, empty before the kubelet has reported it."""
    return next((status for status in all_statuses(pod) if status.get("name") == container), {})


def is_held_by(pod: Object, reason: str) -> bool:
    """Whether a container waits (or has ended) for that reason, or the pod is not scheduled because of it."""
    states = [at(status, "state", default={}) for status in all_statuses(pod)]
    reasons = {at(state, kind, "reason") for state in states for kind in ("waiting", "terminated")}
    unscheduled = {c.get("reason") for c in at(pod, "status", "conditions", default=()) if c.get("type") == "PodScheduled"}
    return reason in reasons | unscheduled


def is_running_image(pod: Object, container: str, image: str, said: str = "") -> bool:
    """Whether the container runs with the image that is declared for it.

    `said` is the image as the lab names it: a node that has it under both names may report either one. Any other name may be
    one more of the same image on that node; it counts only if the Pod's spec has never changed (metadata.generation;
    Kubernetes has it for Pods from 1.34 on).
    """
    declared = next((str(one.get("image", "")) for one in containers(pod) if one["name"] == container), "")
    status = status_of(pod, container)
    made_of = any(same_image(str(status.get("image", "")), one) for one in (image, said)) or at(pod, "metadata", "generation") == 1
    return same_image(declared, image) and made_of and at(status, "state", "running") is not None


def _pod(name: str, says: str, holds: Callable[[Object], bool], *, expects: frozenset[str] = frozenset(), steady: float = 0.0) -> Condition:
    return of_object("Pod", name, says, lambda _view, pod: (holds(pod), pod_in_words(pod)), expects=expects, steady=steady)


def _listed(images: dict[str, str]) -> str:
    return ", ".join(f"{container}={image}" for container, image in images.items())
