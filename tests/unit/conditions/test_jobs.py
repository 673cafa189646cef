"""Work that ends: Jobs, their pods, and the Jobs of a CronJob."""

from typing import Any

from kubelab.conditions.controllers import cron_jobs, jobs, workloads
from kubelab.waiting import throughout
from tests.unit.conftest import Look
from tests.unit.objects import ending, pod, thing
from tests.unit.scripted import Lab


def ended(how: str, reason: str = "") -> dict[str, Any]:
    """The status of a Job that is Complete, or Failed."""
    return {"conditions": [{"type": how, "status": "True", "reason": reason}]}


def test_complete(lab: Lab, look: Look) -> None:
    """Until then, its pods are reported."""
    job = thing("Job", "hello", status={"active": 1})
    lab.put(job)
    lab.put(pod("hello-a", owner=job))
    assert look(jobs.completed("hello")).seen == "hello, 1 active: hello-a, Pending"

    lab.put(thing("Job", "hello", status={"succeeded": 5} | ended("Complete")))
    found = look(jobs.completed("hello"))
    assert (found.met, found.seen) == (True, "hello, 5 succeeded")


def test_failed(lab: Lab, look: Look) -> None:
    """For one reason and no other."""
    lab.put(thing("Job", "hello"))
    assert look(jobs.failed("hello", "DeadlineExceeded")).seen == "hello, not failed: no pods"

    lab.put(thing("Job", "hello", status=ended("Failed", "DeadlineExceeded")))
    assert look(jobs.failed("hello", "DeadlineExceeded")).met
    assert look(jobs.failed("hello", "BackoffLimitExceeded")).seen == "hello, DeadlineExceeded: no pods"


def test_pods_by_phase(lab: Lab, look: Look) -> None:
    """Pods that are being deleted are in no phase."""
    job = thing("Job", "hello")
    for one in (job, pod("a", owner=job, phase="Succeeded"), pod("b", owner=job, phase="Failed"), ending(pod("c", owner=job, ready=True))):
        lab.put(one)

    found = [
        look(jobs.pods_in_phase("Job", "hello", count, phase)).met for count, phase in ((1, "Succeeded"), (1, "Failed"), (0, "Running"))
    ]
    assert found == [True, True, True]
    assert look(jobs.pods_in_phase("Job", "hello", 2, "Succeeded")).seen == "a, Succeeded; b, Failed; c, Terminating"


def ran(name: str, seconds: int, job: dict[str, Any]) -> Any:
    """A pod that succeeded after this number of seconds."""
    times = {"startedAt": "2026-01-01T00:00:58Z", "finishedAt": f"2026-01-01T00:01:{seconds - 2:02}Z"}
    return pod(name, owner=job, phase="Succeeded", status={"containerStatuses": [{"name": "main", "state": {"terminated": times}}]})


def test_how_long_pods_ran(lab: Lab, look: Look) -> None:
    """Those that succeeded, and there must be some; a pod that ran too short or too long ends the wait."""
    job = thing("Job", "hello")
    for one in (job, pod("other", owner=job, ready=True)):
        lab.put(one)
    assert look(jobs.ran_for("Job", "hello", 2, 7)).seen == "none: other, Running, Ready"

    lab.put(ran("a", 2, job))
    lab.put(ran("b", 7, job))
    assert look(jobs.ran_for("Job", "hello", 2, 7)).met
    found = [look(jobs.ran_for("Job", "hello", least, most)) for least, most in ((3, 7), (2, 6))]
    assert [(one.met, one.hopeless) for one in found] == [(False, "a ran for 2 s"), (False, "b ran for 7 s")]
    assert look(jobs.ran_for("Job", "hallo", 2, 7)).seen.startswith('no Job "hallo"')


def test_a_job_that_its_controller_has_not_seen_does_not_yet_have_zero_pods(lab: Lab, look: Look) -> None:
    """Its controller sets its startTime."""
    lab.put(thing("Job", "hello"))
    assert not look(jobs.pods_in_phase("Job", "hello", 0, "Failed")).met

    lab.put(thing("Job", "hello", status={"startTime": "2026-01-01T00:00:00Z"}))
    assert look(jobs.pods_in_phase("Job", "hello", 0, "Failed")).met


def test_a_pod_restarted(lab: Lab, look: Look) -> None:
    """In the same pod, exactly as many times."""
    job = thing("Job", "hello")
    lab.put(job)
    assert look(jobs.a_pod_restarted("Job", "hello", 1)).seen == "no pods"

    lab.put(pod("a", owner=job))
    lab.put(pod("b", owner=job, restarts=2))
    assert look(jobs.a_pod_restarted("Job", "hello", 2)).met
    assert look(jobs.a_pod_restarted("Job", "hello", 1)).seen == "a 0 restarts, b 2 restarts"


def test_at_most_so_many_at_once(lab: Lab) -> None:
    """Before the Job is created it has no pods; pods that have ended do not count."""
    job = thing("Job", "hello")
    for one in (job, pod("a", owner=job), pod("a", owner=job, phase="Succeeded"), pod("b", owner=job)):
        lab.put(one)

    assert throughout(lab, workloads.at_most("Job", "hello", 1)).met


def test_jobs_of_a_cron_job(lab: Lab, look: Look) -> None:
    """Its own, including ended ones, but none that is being deleted."""
    mine = thing("CronJob", "backup")
    others = thing("Job", "other"), ending(thing("Job", "old", owner=mine))
    ends = thing("Job", "one", owner=mine, status=ended("Complete")), thing("Job", "two", owner=mine, status=ended("Failed"))
    for one in (mine, *others, *ends, thing("Job", "three", owner=mine, status={"active": 1})):
        lab.put(one)

    assert look(cron_jobs.jobs("backup", 3)).met
    assert look(cron_jobs.running_jobs("backup", 1)).met
    assert look(cron_jobs.running_jobs("backup", 2)).seen == "1: three, 1 active"


def test_a_cron_job_without_jobs(lab: Lab, look: Look) -> None:
    """None yet."""
    lab.put(thing("CronJob", "backup"))

    assert look(cron_jobs.jobs("backup", 0)).met
    assert look(cron_jobs.jobs("backup", 1)).seen == "0: no Jobs"
