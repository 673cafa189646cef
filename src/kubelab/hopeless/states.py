"""The hopeless table: states that waiting does not change, how each is recognized, and how long it may still recover."""

from collections.abc import Iterator, Sequence
from functools import partial

from kubelab.client import Client
from kubelab.client.objects import Object, all_statuses, at, condition, labels, name, owner, uid
from kubelab.conditions import hopeless_rows
from kubelab.conditions.family import is_ending
from kubelab.conditions.in_words import shortened
from kubelab.hopeless import absences, probes, unpulled
from kubelab.hopeless.capacity import may_fit_later, why_it_will_fit
from kubelab.hopeless.crashes import Kubelets, crashing, recovered_at
from kubelab.hopeless.sightings import Reason, first_seen
from kubelab.manifests import Images, privileged_hint
from kubelab.observation import View
from kubelab.observation.pulls import MOST
from kubelab.waiting import Hopeless, Sighting

BROKEN = frozenset({"CreateContainerConfigError", "CreateContainerError", "RunContainerError"})
TEMPLATES = ("Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ReplicationController", "Job")
SHORT = {"DaemonSet": ("currentNumberScheduled", ("status", "desiredNumberScheduled"))}


def table(client: Client, namespace: str, images: Images | None = None) -> tuple[Hopeless, ...]:
    """The rows for a scenario in this namespace.

    The client is used only to see whether others hold what a Pod lacks, and whether a container still runs.
    `images` are the substitutions: if one of them cannot be pulled, the run is at fault.
    """
    broken, images = partial(_waiting, BROKEN), images or Images()
    return (
        Hopeless(hopeless_rows.IMAGE, unpulled.GRACE, partial(unpulled.lasting, images)),
        Hopeless(hopeless_rows.IMAGE, unpulled.PATIENCE, partial(unpulled.passing, images), unpulled.is_asking),
        Hopeless(hopeless_rows.IMAGE, MOST, partial(unpulled.endless, images)),
        Hopeless(hopeless_rows.CONFIGURATION, 2.0, partial(_of_pods, broken, "Check what the container refers to, and its command.")),
        Hopeless(hopeless_rows.CRASH, 0.0, partial(_begun, crashing, ""), doubted_until=recovered_at, confirmed=Kubelets(client).confirm),
        Hopeless(hopeless_rows.CRASH, probes.GRACE, probes.refused_for_good),
        Hopeless(
            hopeless_rows.NOWHERE,
            5.0,
            partial(_of_pods, _unschedulable, ""),
            partial(may_fit_later, client, namespace),
            passing=partial(why_it_will_fit, client, namespace),
        ),
        Hopeless(hopeless_rows.REFUSED, 2.0, _refused),
        Hopeless(hopeless_rows.SELECTOR, 5.0, _selects_nothing),
        Hopeless(hopeless_rows.OVER, 0.0, partial(_begun, _over, "")),
        Hopeless(hopeless_rows.ABSENT, 5.0, _nothing, partial(absences.may_come, client), absences=absences.unmade),
        Hopeless(hopeless_rows.ENDED, 2.0, partial(_of_pods, _ended, "A pod that has ended does not start again.")),
    )


def _nothing(_view: View, _about: Sequence[Object]) -> Iterator[Sighting]:
    """For the row about missing objects, which works by `absences` only."""
    return iter(())


def _of_pods(reason: Reason, hint: str, view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """A state that is seen now counts from when it was first seen since the last When, even if it was gone in between."""
    for thing in about:
        if thing.get("kind") == "Pod" and not is_ending(thing) and (why := reason(thing)):
            yield Sighting(first_seen(view, thing, reason), f"{name(thing)}: {why}", hint)


def _begun(reason: Reason, hint: str, view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """A state without grace must have begun since the last When: the When may have repaired an older one."""
    wanted = {uid(thing) for thing in about if reason(thing)}
    for change in view.history(since=view.since):
        if change.uid in wanted and reason(change.object) and not reason(change.before or {}):
            yield Sighting(change.time, f"{change.name}: {reason(change.object)}", hint)


def _waiting(reasons: frozenset[str], pod: Object) -> str:
    held = [at(status, "state", "waiting", default={}) for status in all_statuses(pod)]
    return next((_said(state) for state in held if state.get("reason") in reasons), "")


def _unschedulable(pod: Object) -> str:
    scheduled = condition(pod, "PodScheduled")
    text = str(scheduled.get("message", "")).partition(" no new claims")[0].partition(" preemption:")[0]
    # A claim being provisioned reads as unschedulable too, and passes.
    return f"Unschedulable: {text}" if scheduled.get("reason") == "Unschedulable" and "unbound immediate" not in text else ""


def _refused(view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """A FailedCreate Event of an owner that still lacks pods."""
    lacking = {uid(thing): thing for thing in about if _lacks_pods(thing)}
    for change in view.history("Event", view.since):
        concerned = lacking.get(at(change.object, "involvedObject", "uid", default=""))
        if concerned is not None and at(change.object, "reason") == "FailedCreate":
            message = str(at(change.object, "message", default=""))
            yield Sighting(change.time, f"{name(concerned)}: FailedCreate: {message}", privileged_hint(message))


def _lacks_pods(thing: Object) -> bool:
    made, wanted = SHORT.get(str(thing.get("kind")), ("replicas", ("spec", "replicas")))
    if thing.get("kind") == "Job":
        return not at(thing, "status", "active", default=0)
    return bool(at(thing, "status", made, default=0) < at(thing, *wanted, default=0))


def _selects_nothing(view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """A Service whose selector matches neither a pod nor a template."""
    for service in about:
        selector = at(service, "spec", "selector") if service.get("kind") == "Service" else None
        if selector and not any(selector.items() <= have.items() for have in _labels_in(view)):
            text = ", ".join(f"{key}={value}" for key, value in selector.items())
            yield Sighting(view.since.time, f"{name(service)}: selector {text} matches no pod", "Compare it with the pods' labels.")


def _labels_in(view: View) -> Iterator[dict[str, str]]:
    yield from (dict(labels(pod)) for pod in view.objects("Pod"))
    templates = (thing for kind in TEMPLATES for thing in view.objects(kind))
    yield from (dict(at(thing, "spec", "template", "metadata", "labels", default={})) for thing in templates)


def _ended(pod: Object) -> str:
    phase = at(pod, "status", "phase")
    return f"{phase}, and no controller will create another" if phase in {"Succeeded", "Failed"} and not owner(pod) else ""


def _over(thing: Object) -> str:
    if thing.get("kind") == "Job" and condition(thing, "Failed").get("status") == "True":
        return _said(condition(thing, "Failed"))
    progress = condition(thing, "Progressing")
    current = at(thing, "status", "observedGeneration", default=0) >= at(thing, "metadata", "generation", default=0)
    return _said(progress) if current and progress.get("reason") == "ProgressDeadlineExceeded" else ""


def _said(state: Object) -> str:
    return shortened(f"{state.get('reason')}: {state.get('message', '')}".rstrip(": "))
