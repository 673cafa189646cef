"""What in a workload's own declaration stops it: paused, OnDelete, a partition, suspended, 0 replicas, a backoff limit."""

from collections.abc import Iterator

from kubelab import durations
from kubelab.client.objects import Object, at, condition, owner
from kubelab.conditions.controllers.workloads import asked_for
from kubelab.diagnostics.cause import Cause, title
from kubelab.diagnostics.placement import wanted_labels
from kubelab.diagnostics.surroundings import Surroundings

BACKOFF = 6
"""The default backoffLimit of a Job."""


def held(around: Surroundings, workload: Object) -> Iterator[Cause]:
    """Each of these reasons, the most telling first."""
    yield from (Cause(f"{title(workload)} {text}", workload) for text in _texts(around, workload))


def _texts(around: Surroundings, workload: Object) -> Iterator[str]:
    spec, kind = workload.get("spec", {}), workload.get("kind")
    if spec.get("paused"):
        yield "is paused (spec.paused: true): its pods change only once it is resumed"
    if spec.get("suspend"):
        yield f"is suspended (spec.suspend: true): it starts no {'Jobs' if kind == 'CronJob' else 'pods'}"
    if spec.get("replicas") == 0 and not owner(workload):
        yield "wants 0 pods (spec.replicas: 0)"
    if kind in {"DaemonSet", "StatefulSet"}:
        yield from _updating(workload)
    if kind == "DaemonSet" and not asked_for(workload) and (place := wanted_labels(around, at(spec, "template", "spec", default={}))):
        yield f"creates no pods: {place}"
    if kind == "CronJob" and not spec.get("suspend"):
        yield _schedule(workload)
    if kind == "Job":
        yield from _job(workload)


def _updating(workload: Object) -> Iterator[str]:
    strategy, status = at(workload, "spec", "updateStrategy", default={}), workload.get("status", {})
    updated = at(status, "updatedNumberScheduled", default=at(status, "updatedReplicas", default=0))
    if updated < asked_for(workload):
        has = f"{updated} of {asked_for(workload)} have its latest template"
        if strategy.get("type") == "OnDelete":
            yield f"has the updateStrategy OnDelete: its pods are replaced only when they are deleted ({has})"
        if partition := at(strategy, "rollingUpdate", "partition", default=0):
            yield f"has the partition {partition}: only pods with that number or a higher one are replaced ({has})"


def _schedule(cron_job: Object) -> str:
    zone = at(cron_job, "spec", "timeZone")
    last = at(cron_job, "status", "lastScheduleTime")
    policy = at(cron_job, "spec", "concurrencyPolicy", default="Allow")
    done = f"created its last Job at {last}" if last else "has created no Job yet"
    told = f'has the schedule "{at(cron_job, "spec", "schedule")}"{f" ({zone})" if zone else ""} and {done}'
    running = len(at(cron_job, "status", "active", default=()))
    return told + (f"; concurrencyPolicy {policy}, running now: {running}" if policy != "Allow" else "")


def _job(job: Object) -> Iterator[str]:
    failed, limit = at(job, "status", "failed", default=0), at(job, "spec", "backoffLimit", default=BACKOFF)
    over = condition(job, "Failed").get("status") == "True"
    reason = str(condition(job, "Failed").get("reason", ""))
    if reason == "DeadlineExceeded":
        yield f"took longer than its activeDeadlineSeconds ({durations.short(at(job, 'spec', 'activeDeadlineSeconds', default=0))})"
    elif over or failed:
        yield f"has {failed} failed pods, its backoffLimit is {limit}{': it has failed' if over else ''}"
