"""Why a sentence failed: the objects that decide, most telling first, each in one sentence, by their own declaration."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from kubelab.client.objects import Object, at, is_true, owner
from kubelab.conditions.family import is_ending
from kubelab.diagnostics.backends import asked_wrongly, concerned, unreached
from kubelab.diagnostics.cause import Cause
from kubelab.diagnostics.controllers import held
from kubelab.diagnostics.placement import homeless
from kubelab.diagnostics.references import missing
from kubelab.diagnostics.routing import is_for_controller, led, misled
from kubelab.diagnostics.surroundings import Surroundings
from kubelab.diagnostics.unready import ends, refused, unpulled
from kubelab.errors import LabFailure, SetupTrouble

MANY = 4
NETWORK = frozenset({"Service", "Ingress", "EndpointSlice", "Endpoints"})


def causes(around: Surroundings, about: Sequence[Object]) -> list[Cause]:
    """At most four causes. If the declarations explain nothing, the way of the last request, if it went to an Ingress."""
    parts = (_of_network(around, about), _of_workloads(around, about), _of_pods(around, about))
    found = [cause for part in parts for cause in _as_far_as_known(part)] or [*_as_far_as_known(_way(around, about))]
    told = {str(cause): cause for cause in found}
    return list(told.values())[:MANY]


def is_network(around: Surroundings, about: Sequence[Object]) -> bool:
    """Whether the failure is about reaching something."""
    kinds = {str(thing.get("kind")) for thing in about}
    return bool(kinds & NETWORK) or (around.asked is not None and kinds <= {"Pod"})


def _as_far_as_known(part: Iterator[Cause]) -> Iterator[Cause]:
    """The causes found before the cluster stopped answering: some are better than none."""
    with suppress(LabFailure, SetupTrouble):
        yield from part


def _way(around: Surroundings, about: Sequence[Object]) -> Iterator[Cause]:
    if is_network(around, about) and around.asked and is_for_controller(around):
        yield from led(around)


def _of_network(around: Surroundings, about: Sequence[Object]) -> Iterator[Cause]:
    if around.answered or not is_network(around, about):
        return
    if around.asked and is_for_controller(around):
        yield from misled(around)
        return
    named = [thing for thing in about if thing.get("kind") == "Service"]
    if around.asked:
        yield from asked_wrongly(around)
        target = concerned(around)
        named = [target] if target and target.get("kind") == "Service" else named
    for service in named:
        yield from unreached(around, service)


def _of_workloads(around: Surroundings, about: Sequence[Object]) -> Iterator[Cause]:
    for thing in about:
        if thing.get("kind") not in {"Pod", *NETWORK}:
            yield from held(around, thing)


def _of_pods(around: Surroundings, about: Sequence[Object]) -> Iterator[Cause]:
    """The causes for pods; of pods with the same owner, those of the first that has any."""
    unwell: dict[object, list[Object]] = {}
    for pod in about:
        if pod.get("kind") == "Pod" and not is_ending(pod) and not _is_well(pod):
            unwell.setdefault(owner(pod).get("uid") or id(pod), []).append(pod)
    for pods in reversed(unwell.values()):
        yield from next(filter(None, ([*_of_pod(around, pod)] for pod in pods)), ())


def _of_pod(around: Surroundings, pod: Object) -> Iterator[Cause]:
    if at(pod, "status", "phase") == "Pending":
        yield from homeless(around, pod)
        yield from missing(around, pod)
    yield from unpulled(around, pod)
    yield from ends(around, pod)
    yield from refused(around, pod)


def _is_well(pod: Object) -> bool:
    return is_true(pod, "Ready") or at(pod, "status", "phase") == "Succeeded"
