"""What follows from a pod's requests and limits: Pending, its QoS class, containers that are killed."""

from dataclasses import replace

from kubelab.client.objects import Object, at, condition
from kubelab.conditions.build import of_object
from kubelab.conditions.hopeless_rows import CRASH, NOWHERE, POD_TROUBLE
from kubelab.conditions.in_words import pod_in_words
from kubelab.conditions.pods import status_of
from kubelab.observation import View
from kubelab.waiting import Condition, Observation


def unschedulable(name: str, reason: str) -> Condition:
    """`Pod "web" is Pending because of "Insufficient cpu"`: the scheduler found no node for it, with this reason in its message.

    Not met while it is so only because of other namespaces' Pods or ending ones, which go; hopeless once it is scheduled.
    """

    def judge(_view: View, pod: Object) -> tuple[bool, str]:
        scheduled = condition(pod, "PodScheduled")
        return scheduled.get("reason") == "Unschedulable" and reason in str(scheduled.get("message", "")), pod_in_words(pod)

    unplaced = of_object("Pod", name, f'is Pending because of "{reason}"', judge, expects=POD_TROUBLE)

    def observe(view: View) -> Observation:
        look, node = unplaced.observe(view), at(view.find("Pod", name), "spec", "nodeName")
        return replace(look, hopeless=f"it was scheduled to node {node}") if node else look

    return replace(unplaced, observe=observe, lasting=frozenset({NOWHERE}))


def has_qos_class(name: str, wanted: str) -> Condition:
    """`Pod "web" has the QoS class "Burstable"`: `status.qosClass`, which the API server sets at creation; judged at once."""

    def judge(_view: View, pod: Object) -> tuple[bool, str]:
        return at(pod, "status", "qosClass") == wanted, f"{name} with the QoS class {at(pod, 'status', 'qosClass')}"

    return of_object("Pod", name, f'has the QoS class "{wanted}"', judge, declared=True)


def last_run_ended(name: str, container: str, reason: str) -> Condition:
    """`the last run of container "web" of Pod "web" ended with "OOMKilled"`, whether or not it runs again."""

    def judge(_view: View, pod: Object) -> tuple[bool, str]:
        status = status_of(pod, container)
        ended = at(status, "state", "terminated") or at(status, "lastState", "terminated", default={})
        return ended.get("reason") == reason, f"{pod_in_words(pod)}, the last run {_told(ended)}"

    looked = of_object("Pod", name, "", judge)
    wording = f'the last run of container "{container}" of Pod "{name}" ended with "{reason}"'
    return Condition(wording, looked.observe, expects=frozenset({CRASH}))


def _told(ended: Object) -> str:
    return f"ended with {ended.get('reason')} (exit code {ended.get('exitCode')})" if ended else "has not ended"
