"""Admission webhooks of the cluster that refuse a lab's objects."""

import re
from collections.abc import Iterator

from kubelab.actors.ground import Ground
from kubelab.actors.outage import Outage
from kubelab.client.objects import at
from kubelab.conditions.in_words import shortened

NO_ANSWER = re.compile(r'failed calling webhook "(?P<hook>[^"]+)": (?P<why>[^\n]*)')
DENIED = re.compile(r'admission webhook "(?P<hook>[^"]+)" denied the request(?P<why>[^\n]*)')
SHOWN_BY = "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations"


def refusals(ground: Ground) -> Iterator[Outage]:
    """What the API server said about a webhook, to the lab or to a controller that wanted to create its Pods."""
    for text in _said(ground):
        if found := NO_ANSWER.search(text):
            yield Outage(f'the webhook "{found["hook"]}" of the cluster does not answer: {shortened(found["why"])}', SHOWN_BY)
        if found := DENIED.search(text):
            yield Outage(f'the webhook "{found["hook"]}" of the cluster refuses an object of the lab{shortened(found["why"])}', SHOWN_BY)


def _said(ground: Ground) -> Iterator[str]:
    yield str(ground.error)
    yield ground.scene.output.err
    for change in ground.around.view.history("Event", ground.scene.since):
        if str(at(change.object, "reason", default="")).startswith("Failed"):
            yield str(at(change.object, "message", default=""))
