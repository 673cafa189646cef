"""How a pod ended: when its grace period was over, before, or unseen."""

from typing import Any

import pytest

from kubelab.conditions import endings
from kubelab.errors import LabFailure
from kubelab.waiting import until
from tests.unit.objects import changed, pod
from tests.unit.scripted import Lab, ScriptedStore

POD = pod("db-0", ready=True)
ASKED = changed(POD, metadata={"deletionTimestamp": "2026-01-01T00:00:03Z", "deletionGracePeriodSeconds": 3})


def ended(second: int, code: int) -> Any:
    """Its container ended in that second."""
    state = {"terminated": {"exitCode": code, "finishedAt": f"2026-01-01T00:00:{second:02}Z"}}
    return changed(ASKED, status={"containerStatuses": [{"name": "main", "ready": False, "state": state}]})


@pytest.fixture
def lab() -> Lab:
    """The pod runs, and is then deleted."""
    scripted = Lab()
    scripted.put(POD)
    scripted.since = scripted.store.mark()
    scripted.at(1.0, ASKED)
    return scripted


def test_killed_when_its_time_was_over(lab: Lab) -> None:
    """At the end the API server sets the grace period to 0: what counts is the original one."""
    lab.at(4.0, ended(3, 137))
    lab.at(4.0, changed(ended(3, 137), metadata={"deletionGracePeriodSeconds": 0}), "DELETED")

    look = until(lab, endings.killed_after(POD, 3))

    assert (lab.elapsed, look.seen) == (4.0, "db-0 was given 3 s, and ended killed")


def with_init(asked: Any, second: int = 3, sidecar: int = 0) -> Any:
    """The same pod with an init container that ended long ago, and a sidecar that ends in its own time."""
    own = {"name": "setup", "state": {"terminated": {"exitCode": 0, "finishedAt": "2025-12-31T23:00:00Z"}}}
    ends = {"terminated": {"exitCode": 143, "finishedAt": f"2026-01-01T00:00:{second:02}Z"}} if sidecar else {"running": {}}
    return changed(asked, status={"initContainerStatuses": [own, {"name": "proxy", "state": ends}]})


def test_init_containers_and_sidecars_do_not_count() -> None:
    """They end before, and after, the pod's main containers."""
    lab = Lab()
    lab.put(with_init(POD))
    lab.since = lab.store.mark()
    lab.at(1.0, with_init(ASKED))
    lab.at(2.0, with_init(ASKED, 1, sidecar=1))
    lab.at(4.0, with_init(ended(3, 137), 4, sidecar=1))

    look = until(lab, endings.killed_after(POD, 3))

    assert (lab.elapsed, look.seen) == (4.0, "db-0 was given 3 s, and ended killed")


def test_the_last_container_to_end_counts_for_the_pod() -> None:
    """If one container ends by itself, the others have the rest of the time."""
    lab = Lab()
    two: list[dict[str, Any]] = [{"name": name, "ready": True, "state": {"running": {}}} for name in ("main", "other")]
    first = {"terminated": {"exitCode": 0, "finishedAt": "2026-01-01T00:00:01Z"}}
    killed = {"terminated": {"exitCode": 137, "finishedAt": "2026-01-01T00:00:03Z"}}
    lab.put(changed(POD, status={"containerStatuses": two}))
    lab.since = lab.store.mark()
    lab.at(1.0, changed(ASKED, status={"containerStatuses": two}))
    lab.at(2.0, changed(ASKED, status={"containerStatuses": [{"name": "main", "state": first}, two[1]]}))
    lab.at(4.0, changed(ASKED, status={"containerStatuses": [{"name": "main", "state": first}, {"name": "other", "state": killed}]}))

    assert until(lab, endings.killed_after(POD, 3)).met
    assert lab.elapsed == 4.0


def test_a_pod_whose_containers_did_not_run_shows_nothing() -> None:
    """There was nothing to kill."""
    lab = Lab()
    lab.put(pod("db-0"))
    lab.since = lab.store.mark()
    lab.at(1.0, changed(pod("db-0"), metadata=ASKED["metadata"]))

    with pytest.raises(LabFailure, match="none of its containers ran"):
        until(lab, endings.killed_after(POD, 3))


@pytest.mark.parametrize(
    ("second", "code", "says"),
    [
        (1, 0, "db-0 was given 3 s, and ended by itself, with exit code 0, 2 s before they were over"),
        (2, 137, "db-0 was given 3 s, and ended killed, 1 s before they were over"),
    ],
)
def test_another_end_is_told_at_once(lab: Lab, second: int, code: int, says: str) -> None:
    """It ended when asked to, or was killed by something else."""
    lab.at(2.0, ended(second, code))

    with pytest.raises(LabFailure, match=says):
        until(lab, endings.killed_after(POD, 3))
    assert lab.elapsed == 2.0


def test_another_time_is_told_at_once(lab: Lab) -> None:
    """The grace period is in the pod as soon as it is deleted."""
    with pytest.raises(LabFailure, match="db-0 was given 3 s, and has not ended yet"):
        until(lab, endings.killed_after(POD, 30))
    assert lab.elapsed == 1.0


def test_an_end_that_nobody_saw_is_told(lab: Lab) -> None:
    """As after a forced deletion."""
    lab.at(2.0, ASKED, "DELETED")

    with pytest.raises(LabFailure, match="it is not known how it ended"):
        until(lab, endings.killed_after(POD, 3))


def test_a_pod_that_was_not_deleted() -> None:
    """What is missing is its deletion, not its end."""
    idle = Lab()
    idle.put(POD)
    assert isinstance(idle.store, ScriptedStore)

    with pytest.raises(LabFailure, match="db-0 is not being deleted"):
        until(idle, endings.killed_after(POD, 3))
