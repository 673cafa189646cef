"""When kubelets pull images, according to events and Pods that may come late, be merged, be lost, or lag behind."""

from typing import Any

import pytest

from kubelab.observation import Store
from kubelab.observation.pulls import pulls
from kubelab.observation.spans import beginning, joined, length
from kubelab.observation.timeline import timeline
from tests.unit.objects import VERSIONS, pod, thing
from tests.unit.scripted import Clock

NOT_FOUND = 'failed to resolve reference "docker.io/library/nginx:1.41": docker.io/library/nginx:1.41: not found'
TOO_MANY = "failed to copy: httpReadSeeker: failed open: unexpected status code https://r/v2/x: 429 Too Many Requests"


def event(reason: str, about: str = "web", message: str = "", container: str = "main", **more: Any) -> dict[str, Any]:
    """A kubelet's event about a container."""
    target = {"kind": "Pod", "name": about, "uid": f"uid-{about}", "fieldPath": f"spec.containers{{{container}}}"}
    said = message or f'{reason} image "nginx:1.14"'
    return thing("Event", f"{about}.{container}.{reason}", reason=reason, message=said, involvedObject=target, **more)


def waits(reason: str, message: str, name: str = "web") -> Any:
    """A Pod whose container waits."""
    state = {"waiting": {"reason": reason, "message": message}}
    return pod(name, status={"containerStatuses": [{"name": "main", "state": state}]})


class Story:
    """A store, and the seconds of its clock."""

    def __init__(self) -> None:
        self.clock = Clock(0.0)
        self.store = Store("lab", self.clock)

    def at(self, time: float, item: dict[str, Any], change: Any = "") -> None:
        """Add something that is seen at that time."""
        self.clock.now = time
        known = self.store.find(item["kind"], item["metadata"]["name"])
        self.store.put(item["kind"], change or ("MODIFIED" if known else "ADDED"), item)

    def told(self) -> list[tuple[float, float | None, bool]]:
        """The start and end of each pull, and whether the image came."""
        return [(pull.since, pull.until, pull.got) for pull in pulls(self.store.history())]

    def uncounted(self, now: float, since: float = 0.0, most: float = 300.0) -> float:
        """The seconds that do not count towards a limit."""
        self.clock.now = now
        return self.store.uncounted(since, most)


@pytest.fixture
def story() -> Story:
    """The story of a Pod that has been created."""
    made = Story()
    made.at(0, pod())
    return made


def test_from_pulling_to_pulled(story: Story) -> None:
    """Before its end, and afterwards."""
    story.at(2, event("Pulling"))
    assert story.uncounted(10) == 8

    story.at(33, event("Pulled"))

    assert story.told() == [(2, 33, True)]
    assert (story.uncounted(50), story.uncounted(50, since=30), story.uncounted(50, since=40)) == (31, 3, 0)


def test_an_image_that_is_there_is_not_pulled(story: Story) -> None:
    """Its event Pulled comes without Pulling."""
    story.at(2, event("Pulled", message='Container image "nginx:1.14" already present on machine'))

    assert story.told() == []


def test_events_in_the_wrong_order(story: Story) -> None:
    """The event that was written later counts."""
    first, second = event("Pulling"), event("Pulled")
    story.at(2, second)
    story.at(2.1, first)

    assert story.told() == []


def test_events_that_are_merged(story: Story) -> None:
    """The second pull is a change of the first one's event."""
    for begin, end in ((2, 5), (20, 24)):
        story.at(begin, event("Pulling"))
        story.at(end, event("Pulled"))

    assert story.told() == [(2, 5, True), (20, 24, True)]


def test_a_lost_event_is_made_up_for_by_the_pod(story: Story) -> None:
    """Its container runs, so it has its image; a Pod that is gone needs none."""
    story.at(2, event("Pulling"))
    story.at(4, waits("ContainerCreating", ""))
    story.at(9, pod(ready=True))
    story.at(10, event("Pulling", "other"))
    story.at(11, pod("other"))
    story.at(12, pod("other"), "DELETED")
    story.at(13, event("Pulling", "other"))

    assert story.told() == [(2, 9, True), (10, 12, False)]


def test_what_fails_is_over(story: Story) -> None:
    """By the event, or by the Pod if the event's text is not known; the next attempt is another pull."""
    story.at(2, event("Pulling"))
    story.at(3, event("Failed", message=f'Failed to pull image "nginx:1.41": {NOT_FOUND}'))
    story.at(4, waits("ErrImagePull", NOT_FOUND))
    story.at(14, event("Pulling"))
    story.at(15, event("Failed", message="Failed to pull image: a sad registry"))
    story.at(16, waits("ErrImagePull", "a sad registry"))
    story.at(17, waits("ImagePullBackOff", "Back-off pulling image"))

    assert story.told() == [(2, 3, False), (14, 16, False)]


def test_what_may_pass_goes_on_until_the_kubelet_has_it(story: Story) -> None:
    """The Pod's status lags behind: it shows the earlier failure while the next attempt succeeds."""
    story.at(2, event("Pulling"))
    story.at(3, event("Failed", message=f'Failed to pull image "nginx:1.14": {TOO_MANY}'))
    story.at(3.1, event("Failed", message="Error: ErrImagePull"))
    story.at(4, waits("ErrImagePull", TOO_MANY))
    story.at(16, event("Pulling"))
    story.at(16.1, waits("ImagePullBackOff", f'Back-off pulling image "nginx:1.14": ErrImagePull: {TOO_MANY}'))
    story.at(18, event("Pulled"))
    story.at(19, pod(ready=True))

    assert story.told() == [(2, 18, True)]


def test_an_older_kubelet_backs_off_without_a_cause(story: Story) -> None:
    """The cause is the one before."""
    story.at(3, waits("ErrImagePull", TOO_MANY))
    story.at(5, waits("ImagePullBackOff", 'Back-off pulling image "nginx:1.14"'))

    assert story.told() == [(3, None, False)]


def test_containers_and_pods_pull_at_the_same_time(story: Story) -> None:
    """Each moment counts once, as does a pull during a gap."""
    story.at(2, event("Pulling"))
    story.at(4, event("Pulling", container="side"))
    story.at(5, event("Pulling", "other"))
    story.at(8, event("Pulled"))
    story.at(12, event("Pulled", container="side"))
    story.at(13, event("Pulled", "other"))
    story.clock.now = 10
    story.store.interrupted("Pod", "connection lost")
    story.clock.now = 20
    story.store.resumed("Pod", lost=False)

    assert story.uncounted(30) == 18
    assert story.store.blind(0) == 10


def test_most_of_it_is_five_minutes(story: Story) -> None:
    """For all pulls of a wait together."""
    story.at(0, event("Pulling"))
    story.at(200, event("Pulled"))
    story.at(250, event("Pulling"))

    assert (story.uncounted(300), story.uncounted(350), story.uncounted(900), story.uncounted(900, most=0)) == (250, 300, 300, 0)


def test_others_pulls_do_not_matter(story: Story) -> None:
    """In another namespace, or without a Pod."""
    story.at(2, event("Pulling", metadata={"namespace": "other", "resourceVersion": str(next(VERSIONS))}))
    story.at(3, thing("Event", "n", reason="Pulling", message="", involvedObject={"kind": "Node", "uid": "uid-n"}))

    assert story.uncounted(10) == 0


def test_the_timeline_tells_it(story: Story) -> None:
    """Only pulls that took a while, and only of the Pods concerned."""
    story.at(2, event("Pulling"))
    story.at(33, event("Pulled"))
    story.at(33.5, event("Pulling", container="side"))
    story.at(33.9, event("Pulled", container="side"))
    story.at(34, event("Pulling", "stranger"))
    story.at(35, pod("stranger"))

    told = timeline(story.store.history(), [], 0, [pod()])

    assert told == "+0.0 s web created · +2.0 s pulls nginx:1.14 · +33.0 s pulled, 31 s that no limit counts"


@pytest.mark.parametrize(
    ("until", "last", "told"),
    [
        (None, None, ["+2.0 s pulls nginx:1.14"]),
        (602, event("Pulled"), ["+2.0 s pulls nginx:1.14", "+602.0 s pulled after 10 min"]),
        (9, pod(waiting="ErrImagePull"), ["+2.0 s pulls nginx:1.14", "+9.0 s ErrImagePull", "+9.0 s not pulled, 7 s that no limit counts"]),
    ],
)
def test_the_ends_of_a_pull_in_words(story: Story, until: float | None, last: Any, told: list[str]) -> None:
    """A pull that goes on has no end."""
    story.at(2, event("Pulling"))
    if until is not None:
        story.at(until, {**last, "metadata": {**last["metadata"], "resourceVersion": str(next(VERSIONS))}})

    assert timeline(story.store.history(), [], 0, [pod()]).split(" · ")[1:] == told


def test_stretches_of_time() -> None:
    """Joined, cut and measured."""
    spans = [(5.0, 7.0), (1.0, 3.0), (2.0, 4.0), (9.0, 9.0)]

    assert joined(spans) == [(1, 4), (5, 7)]
    assert length(spans) == 5
    assert (length(beginning(spans, 4)), length(beginning(spans, 9)), length(beginning(spans, 0))) == (4, 5, 0)
