"""The timeline of a record: what a picture needs, in order, without superfluous entries."""

from typing import Any

from kubelab.observation import Store
from kubelab.plugin.recorded_timeline import events, state_changes
from kubelab.records.scenario_record import StateChange
from tests.unit.objects import changed, ending, pod, thing
from tests.unit.observation.test_pulls import event
from tests.unit.scripted import Clock

SERVICE = {"labels": {"kubernetes.io/service-name": "web"}}


class Told:
    """A store, and the record's timeline of it."""

    def __init__(self) -> None:
        self.clock = Clock(50.0)
        self.store = Store("lab", self.clock)

    def at(self, time: float, item: dict[str, Any], change: Any = "", **named: Any) -> None:
        """Add something that is seen that number of seconds after the beginning."""
        self.clock.now = 50.0 + time
        known = self.store.find(item["kind"], item["metadata"]["name"])
        self.store.put(item["kind"], change or ("MODIFIED" if known else "ADDED"), item, **named)

    @property
    def timeline(self) -> list[StateChange]:
        """The timeline, with images that run in capitals."""
        return state_changes(self.store.history(), self.store.began, lambda text: text.replace("nginx", "NGINX"))

    @property
    def states(self) -> list[tuple[float, str]]:
        """The time and the name of each state."""
        return [(round(one.time, 3), one.state) for one in self.timeline]


def test_a_pod_goes_through_its_states() -> None:
    """The pull is known from events, its end from the Pod itself, too."""
    told = Told()
    told.at(0.1, pod())
    told.at(0.2, pod(node="n1"))
    told.at(0.3, event("Pulling"))
    told.at(2.3, event("Pulled"))
    told.at(2.5, pod(node="n1", ready=True))
    told.at(4, ending(pod(node="n1", ready=True)))
    told.at(5, pod(), "DELETED")

    states = [(0.1, "pending"), (0.2, "waiting"), (0.3, "pulling"), (2.3, "waiting"), (2.5, "ready"), (4, "terminating"), (5, "gone")]
    assert told.states == states
    assert {one.node for one in told.timeline[1:-1]} == {"n1"}
    assert told.timeline[2].told == ("pulls NGINX:1.14",)
    assert told.timeline[3].told == ("pulled NGINX:1.14",)
    assert told.timeline[-1].told == ("deleted",)


def test_a_pull_that_fails_is_told() -> None:
    """The Pod then waits."""
    told = Told()
    told.at(0, pod(node="n1"))
    told.at(1, event("Pulling"))
    told.at(2, event("Failed", message='failed to resolve reference "docker.io/library/nginx:1.41": not found'))

    assert told.states == [(0, "waiting"), (1, "pulling"), (2, "waiting")]
    assert told.timeline[2].told == ("not pulled NGINX:1.14",)


def test_a_pull_of_a_pod_that_nobody_has_seen_is_not_told() -> None:
    """Nor is a pull of a Pod that is gone."""
    told = Told()
    told.at(0, event("Pulling", "other"))
    told.at(1, pod())
    told.at(2, pod(), "DELETED")
    told.at(3, event("Pulling"))

    assert told.states == [(1, "pending"), (2, "gone")]


def test_what_tells_nothing_new_is_left_out() -> None:
    """Annotations, heartbeats, nodes that existed before."""
    told = Told()
    node = thing("Node", "n1", metadata={"namespace": ""})
    told.at(0, node)
    told.at(1, pod(ready=True))
    told.at(2, changed(pod(ready=True), metadata={"annotations": {"a": "b"}}))
    told.at(3, changed(node, status={"heartbeat": 1}))
    told.at(4, pod(ready=True, restarts=1))

    assert [(one.kind, one.time, one.restarts) for one in told.timeline] == [("Pod", 1, 0), ("Pod", 4, 1)]


def test_controllers_and_endpoints_are_told_when_they_change() -> None:
    """With their owner or their Service."""
    told = Told()
    deployment = thing("Deployment", "web", spec={"replicas": 2})
    told.at(0, deployment)
    told.at(1, thing("ReplicaSet", "rs", owner=deployment, spec={"replicas": 2}))
    told.at(2, thing("ReplicaSet", "rs", owner=deployment, spec={"replicas": 2}, status={"replicas": 2}))
    point = {"targetRef": {"kind": "Pod", "name": "a"}}
    told.at(3, thing("EndpointSlice", "web-1", metadata=SERVICE))
    told.at(4, thing("EndpointSlice", "web-1", metadata=SERVICE, endpoints=[point]))
    told.at(5, thing("EndpointSlice", "web-1", metadata=SERVICE), "DELETED")

    first, made, grown, empty, full, gone = told.timeline
    assert first.counts == {"wanted": 2, "existing": 0, "ready": 0, "updated": 0}
    assert (made.owner, made.told) == ("uid-web", ("created", "2 wanted"))
    assert (grown.counts["existing"], grown.told) == (2, ())
    assert (empty.service, empty.endpoints, full.endpoints) == ("web", (), ("a",))
    assert (gone.state, gone.endpoints, gone.service) == ("gone", (), "web")


def test_what_was_seen_late_says_so() -> None:
    """The state may have lasted for some time."""
    told = Told()
    told.at(0, pod())
    told.at(9, pod(ready=True), missed=True)

    assert [one.missed for one in told.timeline] == [False, True]
    assert told.timeline[1].told == ("Running (seen late)", "ready (seen late)")


def test_a_secret_is_a_name_only() -> None:
    """Like every other object."""
    told = Told()
    told.at(0, thing("Secret", "key", data={"password": "aHVudGVyMg=="}))

    assert told.timeline == [StateChange(0.0, "Secret", "key", "lab", "uid-key", told=("created",))]


def test_events_are_told_each_time_that_they_are_counted() -> None:
    """Except deleted ones, and with images as the lab names them."""
    told = Told()
    first = event("BackOff", message="Back-off pulling nginx", type="Warning", count=1)
    told.at(1, first)
    told.at(3, changed({**first, "count": 4}))
    told.at(5, event("Scheduled"))
    told.at(6, first, "DELETED")

    found = events(told.store.history(), told.store.began, str.upper)

    assert [(one.time, one.type, one.reason, one.count) for one in found] == [
        (1, "Warning", "BackOff", 1),
        (3, "Warning", "BackOff", 4),
        (5, "", "Scheduled", 1),
    ]
    assert (found[0].kind, found[0].name, found[0].message) == ("Pod", "web", "BACK-OFF PULLING NGINX")
