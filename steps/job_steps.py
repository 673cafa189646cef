"""Work that ends: Jobs, CronJobs, and Pods by their phase."""

from pytest_bdd import step, then

from kubelab import operations
from kubelab.conditions.controllers import cron_jobs, jobs, schedules
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, parse
from kubelab.waiting import until


@step(parse("Job {name:Name} is complete"))
@step(parse("Job {name:Name} is complete within {limit:Duration}"))
@by_hand("kubectl wait --for=condition=Complete job {name}")
@live()
def is_complete(lab: Scenario, name: str, limit: float | None = None) -> None:
    """As many of its Pods as it wants have succeeded."""
    until(lab, jobs.completed(name), limit)


@step(parse("Job {name:Name} failed because of {reason:Name}"))
@step(parse("Job {name:Name} failed because of {reason:Name} within {limit:Duration}"))
@by_hand("kubectl wait --for=condition=Failed job {name}")
@live()
def has_failed(lab: Scenario, name: str, reason: str, limit: float | None = None) -> None:
    """It has given up for that reason, such as DeadlineExceeded or BackoffLimitExceeded."""
    until(lab, jobs.failed(name, reason), limit)


@then(parse("every pod of {kind:Kind} {name:Name} ran for {least:Duration} to {most:Duration}"))
@by_hand("kubectl get pods -o yaml")
@live()
def every_pod_ran_for(lab: Scenario, kind: str, name: str, least: float, most: float) -> None:
    """It has Pods that succeeded, and the containers of each ran for that long, as their status says in whole seconds."""
    until(lab, jobs.ran_for(kind, name, least, most))


@then(parse("a pod of {kind:Kind} {name:Name} has restarted {count:Number} time"))
@then(parse("a pod of {kind:Kind} {name:Name} has restarted {count:Number} times"))
@by_hand("kubectl get pods")
@live()
def a_pod_has_restarted(lab: Scenario, kind: str, name: str, count: int) -> None:
    """The containers of one of its Pods have been restarted that many times, in the same Pod."""
    until(lab, jobs.a_pod_restarted(kind, name, count))


@then(parse("CronJob {name:Name} is due {when:Recurrence}"))
@by_hand("kubectl get cronjob {name}")
@live()
def is_due(lab: Scenario, name: str, when: str) -> None:
    """Its schedule, in its `spec.timeZone` (UTC without one), means exactly those times all year, however it is written; judged at once."""
    until(lab, schedules.is_due(name, when))


@step(parse("I set the last run of CronJob {name:Name} to {duration:Duration} ago"))
@by_hand('kubectl patch cronjob {name} --subresource=status --type=merge -p \'{{"status": {{"lastScheduleTime": TIME}}}}\'')
def set_last_run(lab: Scenario, name: str, duration: float) -> None:
    """Sets the time of its last run, so that the runs due since then count as missed, and the lab need not wait for the clock."""
    operations.set_last_run(lab, name, duration)


@then(parse("CronJob {name:Name} has {count:Number} Job"))
@then(parse("CronJob {name:Name} has {count:Number} Jobs"))
@then(parse("CronJob {name:Name} has {count:Number} Job within {limit:Duration}"))
@then(parse("CronJob {name:Name} has {count:Number} Jobs within {limit:Duration}"))
@by_hand("kubectl get jobs")
def has_jobs(lab: Scenario, name: str, count: int, limit: float | None = None) -> None:
    """It owns that many Jobs, including those that have ended."""
    until(lab, cron_jobs.jobs(name, count), limit)


@then(parse("CronJob {name:Name} has {count:Number} running Job"))
@then(parse("CronJob {name:Name} has {count:Number} running Jobs"))
@by_hand("kubectl get jobs")
def has_running_jobs(lab: Scenario, name: str, count: int) -> None:
    """It owns that many Jobs that have not ended."""
    until(lab, cron_jobs.running_jobs(name, count))
