"""An answer in words, with what is behind it: which pod it names, which endpoints there are, and what is wrong with them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kubelab.answers.http import Answer
from kubelab.answers.replies import Reply, judged
from kubelab.client.objects import Object, name
from kubelab.conditions.in_words import pods_in_words
from kubelab.conditions.infrastructure import troubles
from kubelab.conditions.services import endpoints, selected
from kubelab.observation import View
from kubelab.waiting import Observation


def pod_named(view: View, answer: Answer) -> str:
    """The name of the Pod that the body names, empty for none."""
    names = [name(pod) for pod in view.objects("Pod") if re.search(rf"(?<![a-z0-9-]){re.escape(name(pod))}(?![a-z0-9-])", answer.body)]
    return max(names, key=len, default="")


def not_answered(view: View, reply: Reply[Answer]) -> Observation:
    """The observation of a request without a good answer, for sentences that want one."""
    look = judged(
        reply,
        lambda answer: Observation(met=False, seen=str(answer)),
        lambda said: Observation(met=False, seen=f"no answer: {said}"),
    )
    return replace(look, seen=answer_in_words(view, look.seen), about=serving(view))


def answer_in_words(view: View, told: str) -> str:
    """The answer, and what is wrong with those that should have given it."""
    return " · ".join(filter(None, [told, *troubles(view), endpoints_in_words(view)]))


def endpoints_in_words(view: View) -> str:
    """How many endpoints each Service has; without Services, the Pods as they are."""
    found = {name(service): len(endpoints(view, name(service))) for service in view.objects("Service")}
    told = ", ".join(f"{service} {count or 'none'}" for service, count in found.items())
    return f"(endpoints: {told})" if told else pods_in_words(view.objects("Pod"))


def serving(view: View) -> Sequence[Object]:
    """What may be behind an answer: Services, Ingresses, and the Pods that the Services select (every Pod where they select none)."""
    services = view.objects("Service")
    behind = [pod for service in services for pod in selected(view, [service])]
    return (*services, *view.objects("Ingress"), *(behind or view.objects("Pod")))
