"""Images that cannot be pulled: whether it is the lab's fault or the run's, and what to do."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kubelab import durations
from kubelab.client.objects import Object, all_containers, all_statuses, at, name, uid, version
from kubelab.conditions.family import is_ending
from kubelab.conditions.in_words import shortened
from kubelab.errors import ImageTrouble
from kubelab.hopeless.sightings import first_seen
from kubelab.manifests import Images
from kubelab.observation import View
from kubelab.observation.pull_failures import NAME, PullFailure, failure_of
from kubelab.observation.pulls import pulls
from kubelab.policy import by_tag, normal
from kubelab.waiting import Sighting

REASONS = frozenset(
    {"ErrImagePull", "ImagePullBackOff", "RegistryUnavailable", "InvalidImageName", "ErrImageNeverPull", "SignatureValidationFailed"}
)
"""The reasons for which a container waits whose image cannot be pulled."""
GRACE = 2.0
"""Seconds after which a failure that will not pass ends the wait."""
PATIENCE = 45.0
"""Seconds for a registry that is busy or unreachable: the kubelet asks it again 14 and 40 s after the first time (measured).

Meanwhile the pull counts as going on, so that no sentence's limit ends before the third try.
"""
SLOW = "Run it again when the node has it, or name a smaller image or a mirror with --lab-images."
UNPUBLISHED = "Nobody publishes it: for nodes that are not ours, push it into a registry that they reach: kubelab image push REGISTRY"
LISTED = "The images that labs use: kubelab images"


@dataclass(frozen=True)
class Unpulled:
    """A container that waits for an image that could not be pulled: its Pod, and what the kubelet said last."""

    pod: Object
    container: str
    reason: str
    message: str

    @property
    def declared(self) -> Object:
        """The container as its Pod declares it."""
        return next((one for one in all_containers(at(self.pod, "spec", default={})) if one.get("name") == self.container), {})

    @property
    def image(self) -> str:
        """The image that it should run."""
        return str(self.declared.get("image", "?"))

    @property
    def failure(self) -> PullFailure:
        """Why it could not be pulled; an unknown message in the kubelet's own words."""
        return failure_of(self.message) or PullFailure(shortened(f"{self.reason}: {self.message}".rstrip(": ")), NAME, knows=True)


def unpulled(view: View, pod: Object) -> list[Unpulled]:
    """A Pod's containers without an image; if the status does not say why, as of older kubelets, with the failure before."""
    return [one if failure_of(one.message) else _before(view, one) for one in _waiting(pod)]


def lasting(images: Images, view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """The failures that trying again does not change: the lab's own fault first, as nothing else matters then."""
    found = [one for one in _all(view, about) if not one.failure.passes]
    for one in sorted(found, key=lambda one: _is_trouble(images, one)):
        yield _sighting(images, view, one)


def passing(images: Images, view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """The failures that may pass when the kubelet tries again."""
    for one in _all(view, about):
        if one.failure.passes:
            yield _sighting(images, view, one)


def is_asking(view: View, about: Sequence[Object]) -> bool:
    """Whether a kubelet is trying an image again: a Pod's status shows that only after it has failed again."""
    last: dict[tuple[object, object], Object] = {}
    for event in sorted(view.objects("Event"), key=version):
        if event.get("reason") in {"Pulling", "Pulled", "Failed"}:
            last[at(event, "involvedObject", "uid"), at(event, "involvedObject", "fieldPath")] = event
    asked = {pod for (pod, _), event in last.items() if event["reason"] == "Pulling"}
    return any(uid(thing) in asked for thing in about)


def endless(images: Images, view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """Pulls that take too long: not the lab's fault."""
    pods = {uid(pod): pod for pod in about if pod.get("kind") == "Pod" and at(pod, "status", "phase", default="Pending") == "Pending"}
    for pull in pulls(view.changes, view.namespace) if pods else ():
        if pull.until is None and pull.uid in pods:
            said = f"has been pulling {_named(images, pull.image)} for {durations.whole(view.now - pull.since)}"
            yield Sighting(pull.since, f"{pull.pod} {said}", trouble=_trouble(pods[pull.uid], said, SLOW))


def _all(view: View, about: Sequence[Object]) -> list[Unpulled]:
    pods = [thing for thing in about if thing.get("kind") == "Pod" and not is_ending(thing)]
    return [one for pod in pods for one in unpulled(view, pod)]


def _waiting(pod: Object) -> Iterator[Unpulled]:
    for status in all_statuses(pod):
        waiting = at(status, "state", "waiting", default={})
        if waiting.get("reason") in REASONS:
            yield Unpulled(pod, str(status.get("name")), str(waiting["reason"]), str(waiting.get("message", "")))


def _before(view: View, bare: Unpulled) -> Unpulled:
    """The last failure of the same container that has a cause; if none has, the given one."""
    told = (one for c in reversed(view.history("Pod")) if c.uid == uid(bare.pod) for one in _waiting(c.object))
    same = (one for one in told if one.container == bare.container and failure_of(one.message))
    return next((Unpulled(bare.pod, bare.container, bare.reason, one.message) for one in same), bare)


def _is_trouble(images: Images, one: Unpulled) -> bool:
    """Whether the run is at fault: for an image that is a substitution, and where the registry does not say whether the image exists."""
    return not one.failure.knows or bool(images.lab_name(one.image))


def _sighting(images: Images, view: View, one: Unpulled) -> Sighting:
    def seen(pod: Object) -> str:
        same = (other for other in _waiting(pod) if other.container == one.container)
        return next((other.reason for other in same if other.failure.passes == one.failure.passes), "")

    trouble = _trouble(one.pod, f"cannot get {_named(images, one.image)}: {one.failure.words}", _remedy(one))
    text = f"{name(one.pod)}: {one.reason} of {one.image}: {one.failure.words}"
    return Sighting(first_seen(view, one.pod, seen), text, _hint(images, one), trouble if _is_trouble(images, one) else None)


def _trouble(pod: Object, said: str, remedy: str) -> ImageTrouble:
    node = at(pod, "spec", "nodeName", default="no node")
    return ImageTrouble(f'Pod "{name(pod)}" on {node} {said}.\n{remedy}', pod)


def _named(images: Images, image: str) -> str:
    lab = images.lab_name(image)
    return f"the image {image}" + (f" (it runs here for {lab})" if lab and lab != image else "")


def _remedy(one: Unpulled) -> str:
    """What to do where the run is at fault."""
    if one.image.startswith("localhost/"):
        return UNPUBLISHED
    if not one.failure.knows:
        return one.failure.remedy
    if one.declared.get("imagePullPolicy") == "Always":
        return "Its imagePullPolicy is Always, so that the registry is asked even for an image that the node has: leave it out."
    return f"Name another image for it with --lab-images. {LISTED}"


def _hint(images: Images, one: Unpulled) -> str:
    """What a student may have meant."""
    near = _nearest(normal(one.image), list(images.substitutions))
    if images.closed:
        return _of_those_there(images, near)
    meant = f"{one.failure.remedy.rstrip('.')}; nearest is {near}." if near else one.failure.remedy
    return f"{meant} {LISTED}" if images.substitutions else meant


def _of_those_there(images: Images, near: str) -> str:
    """What a cluster that pulls nothing has, and what of it may have been meant."""
    has, meant = by_tag(images.substitutions), f" Nearest is {near}." if near else ""
    if not has:
        return "No registry answers this cluster, which has only the images of its nodes: kubelab images --side own"
    return f"No registry answers this cluster; the images it has are {has}.{meant} What runs for each: kubelab images"


def _nearest(image: str, others: Sequence[str]) -> str:
    """The most similar name, of several the one with the same letters: 1.14 for 1.41; "" where none is similar."""
    letters = Counter[str](image)

    def likeness(other: str) -> tuple[float, int]:
        return difflib.SequenceMatcher(None, other, image).ratio(), (letters & Counter[str](other)).total()

    return max(difflib.get_close_matches(image, others, max(1, len(others))), key=likeness, default="")
