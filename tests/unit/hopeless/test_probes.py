"""Failing probes: in words, and which of them end a wait early."""

from typing import TYPE_CHECKING, Any, cast

import pytest

from kubelab import hopeless
from kubelab.conditions import pods
from kubelab.errors import LabFailure
from kubelab.hopeless import probes
from kubelab.waiting import until
from tests.unit.hopeless.kubelets import EveryOneRuns
from tests.unit.objects import changed, pod, thing
from tests.unit.scripted import Lab

if TYPE_CHECKING:
    from kubelab.client import Client

REFUSED = 'Readiness probe failed: Get "http://10.244.1.7:8081/": dial tcp 10.244.1.7:8081: connect: connection refused'
NO_PAGE = "Readiness probe failed: HTTP probe failed with statuscode: 404"


@pytest.fixture
def lab() -> Lab:
    """A scenario with the real table."""
    return Lab(hopeless=hopeless.table(cast("Client", EveryOneRuns()), "lab"))


def probed(probe: dict[str, Any], ports: tuple[int, ...] = (80,), kind: str = "readinessProbe", **more: Any) -> Any:
    """A Pod whose container runs but is not ready."""
    container = {"name": "main", "image": "nginx", kind: probe, "ports": [{"containerPort": port, "name": f"p{port}"} for port in ports]}
    return pod(phase="Running", spec={"containers": [container | more]})


def asking(port: int | str, path: str = "/") -> dict[str, Any]:
    """A probe by HTTP."""
    return {"httpGet": {"port": port, "path": path}}


def refuse(lab: Lab, times: list[float], message: str = REFUSED) -> None:
    """Probe failures reported by the kubelet, at these seconds."""
    concerned = {"uid": "uid-web", "name": "web", "fieldPath": "spec.containers{main}"}
    for number, offset in enumerate(times):
        lab.at(offset, thing("Event", "unhealthy", reason="Unhealthy", message=message, involvedObject=concerned, count=number + 1))


def every(seconds: float, till: float = 300) -> list[float]:
    """Second 1, and then at this interval in seconds."""
    return [1 + seconds * number for number in range(int(till / seconds))]


def failed(lab: Lab, within: float = 120) -> LabFailure:
    """The failure with which the wait for readiness ends."""
    with pytest.raises(LabFailure) as caught:
        until(lab, pods.ready("web"), within)
    return caught.value


@pytest.mark.parametrize(
    ("item", "message", "period", "elapsed", "says"),
    [
        (probed(asking(8081)), REFUSED, 1, 16, "its readiness probe is refused on port 8081; the container opens 80"),
        (probed(asking(80, "/nope")), NO_PAGE, 1, 16, 'its readiness probe gets status 404 for the path "/nope" on port 80'),
        (probed(asking(8081)), REFUSED, 10, 21, "port 8081"),
        (probed({"exec": {"command": ["curly"]}}), 'Readiness probe errored: exec: "curly": executable file not found', 1, 16, '"curly"'),
        (
            probed(asking(8081) | {"failureThreshold": 4, "periodSeconds": 10}, kind="startupProbe"),
            REFUSED.replace("Readiness", "Startup"),
            10,
            41,
            "its startup probe is refused",
        ),
    ],
    ids=["port", "path", "long period", "command", "startup"],
)
def test_what_the_declaration_contradicts_ends_the_wait(
    lab: Lab, item: Any, message: str, period: float, elapsed: float, says: str
) -> None:
    """Fifteen seconds after the first failed probe, after at least three, and not before a startup probe has given up."""
    lab.put(item)
    refuse(lab, every(period), message)

    failure = failed(lab)

    assert says in failure.last_saw
    assert "probe" in failure.hint
    assert lab.elapsed == elapsed


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (probed(asking(80)), REFUSED.replace("8081", "80")),
        (probed(asking("p80")), REFUSED.replace("8081", "80")),
        (probed(asking(8081), ports=()), REFUSED),
        (probed(asking(80)), "Readiness probe failed: HTTP probe failed with statuscode: 503"),
        (probed(asking(80, "/made"), volumeMounts=[{"mountPath": "/usr/share/nginx/html"}]), NO_PAGE),
        (probed({"exec": {"command": ["cat", "/made"]}}), "Readiness probe failed: cat: /made: No such file or directory"),
        (probed({"httpGet": {"port": 8081, "host": "other"}}), REFUSED),
    ],
    ids=["its port", "its port by name", "no port named", "503", "a page that comes", "a file that comes", "another host"],
)
def test_a_program_that_becomes_ready_late_is_waited_for(lab: Lab, item: Any, message: str) -> None:
    """Its port, its page or its file may still appear."""
    lab.put(item)
    refuse(lab, every(1, 100), message)
    lab.at(110, pod(ready=True))

    assert until(lab, pods.ready("web"), 120).met


def test_refusals_that_end_in_time(lab: Lab) -> None:
    """Within the grace period, which grows with the patience for slow machines, they do not matter."""
    lab.put(probed(asking(8081)))
    refuse(lab, every(1, 14))
    lab.at(15.5, pod(ready=True))
    assert until(lab, pods.ready("web"), 120).met


def test_patience(lab: Lab) -> None:
    """It lengthens the grace period as it does the limits."""
    lab.patience = 4
    lab.put(probed(asking(8081)))
    refuse(lab, every(1))
    failed(lab)
    assert lab.elapsed == 61


def test_what_was_ready_once_may_be_again(lab: Lab) -> None:
    """Its page was removed: the lab may bring it back."""
    item = probed(asking(80))
    lab.put(changed(item, status=pod(ready=True)["status"]))
    lab.put(changed(item))
    refuse(lab, every(1), NO_PAGE)

    failed(lab)
    assert lab.elapsed == 120


def test_refusals_before_the_when_do_not_count(lab: Lab) -> None:
    """The When may have fixed it."""
    lab.put(probed(asking(8081)))
    refuse(lab, every(1, 40))
    lab.store.wait(0, 0)
    while lab.elapsed < 40:
        lab.store.wait(lab.store.version, 1)
    lab.since = lab.store.mark()
    lab.at(60, pod(ready=True))

    assert until(lab, pods.ready("web"), 120).met


def test_a_port_of_the_pods_other_container(lab: Lab) -> None:
    """The containers share one address."""
    item = probed(asking(8081))
    item["spec"]["containers"].append({"name": "side", "image": "x", "ports": [{"containerPort": 8081}]})
    lab.put(item)
    refuse(lab, every(1))

    failed(lab, 30)
    assert lab.elapsed == 30


@pytest.mark.parametrize(
    ("item", "message", "says"),
    [
        (probed(asking(80)), REFUSED.replace("8081", "80"), "its readiness probe is refused on port 80: nothing listens there"),
        (probed(asking(8081), ports=()), REFUSED, "its readiness probe is refused on port 8081; the container names no port"),
        (
            probed({"exec": {"command": ["cat", "/x"]}}, kind="livenessProbe"),
            "Liveness probe failed: cat: no file",
            'the command of its liveness probe fails: "cat /x": cat: no file',
        ),
        (probed(asking(80)), "Readiness probe failed: context deadline exceeded", "its readiness probe fails: context deadline exceeded"),
    ],
)
def test_a_refusal_in_words(lab: Lab, item: Any, message: str, says: str) -> None:
    """Which probe, its request, and the ports that the container opens."""
    lab.put(item)
    refuse(lab, [0], message)
    lab.store.wait(lab.store.version, 1)

    assert [str(refusal) for _, refusal in probes.refusals(lab.store.view(), item)] == [says]
