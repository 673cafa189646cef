"""Rollouts: from one version to the next, how many serve meanwhile, and the revisions that stay."""

from pytest_bdd import step, then

from kubelab.conditions import presence
from kubelab.conditions.controllers import rollouts, workloads
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, parse, watches
from kubelab.waiting import stays, throughout, until


@step(parse("{kind:Kind} {name:Name} is rolled out"))
@step(parse("{kind:Kind} {name:Name} is rolled out within {limit:Duration}"))
@by_hand("kubectl rollout status {kind} {name}")
@live()
def is_rolled_out(lab: Scenario, kind: str, name: str, limit: float | None = None) -> None:
    """Every wanted Pod is ready and of the newest template (with updateStrategy OnDelete: of any), and the last change was observed."""
    until(lab, rollouts.rolled_out(kind, name), limit)


@then(parse("Deployment {name:Name} has {count:Number} ReplicaSet"))
@then(parse("Deployment {name:Name} has {count:Number} ReplicaSets"))
@by_hand("kubectl get replicasets")
@watches("ReplicaSet")
@live()
def has_replica_sets(lab: Scenario, name: str, count: int) -> None:
    """It owns that many ReplicaSets, including empty ones."""
    until(lab, rollouts.replica_sets(name, count))


@then(parse("Deployment {name:Name} keeps {count:Number} ReplicaSet for {duration:Duration}"))
@then(parse("Deployment {name:Name} keeps {count:Number} ReplicaSets for {duration:Duration}"))
@by_hand("kubectl get replicasets --watch")
@watches("ReplicaSet")
@live()
def keeps_replica_sets(lab: Scenario, name: str, count: int, duration: float) -> None:
    """It owns that many ReplicaSets, and no other number of them for that long."""
    stays(lab, rollouts.replica_sets(name, count), duration)


@then(parse("the old ReplicaSets of Deployment {name:Name} are empty"))
@by_hand("kubectl get replicasets")
@watches("ReplicaSet")
@live()
def old_replica_sets_are_empty(lab: Scenario, name: str) -> None:
    """All its ReplicaSets except the newest have no Pods and want none."""
    until(lab, rollouts.old_replica_sets_empty(name))


@then(parse("throughout, {kind:Kind} {name:Name} had at least {count:Number} available pod"))
@then(parse("throughout, {kind:Kind} {name:Name} had at least {count:Number} available pods"))
@by_hand("kubectl get {kind} {name} --watch")
def had_at_least_available(lab: Scenario, kind: str, name: str, count: int) -> None:
    """At every moment since the last When, at least that many of its Pods were ready."""
    throughout(lab, workloads.at_least_available(kind, name, count))


@then(parse("throughout, {kind:Kind} {name:Name} had at most {count:Number} pod"))
@then(parse("throughout, {kind:Kind} {name:Name} had at most {count:Number} pods"))
@by_hand("kubectl get {kind} {name} --watch")
def had_at_most(lab: Scenario, kind: str, name: str, count: int) -> None:
    """At every moment since the last When it had at most that many Pods, and a Deployment's ReplicaSets wanted no more."""
    until(lab, presence.exists(kind, name))
    throughout(lab, workloads.at_most(kind, name, count))


@then(parse("throughout, {kind:Kind} {name:Name} had at most {count:Number} unavailable pod"))
@then(parse("throughout, {kind:Kind} {name:Name} had at most {count:Number} unavailable pods"))
@by_hand("kubectl get {kind} {name} --watch")
def had_at_most_unavailable(lab: Scenario, kind: str, name: str, count: int) -> None:
    """At every moment since the last When, at most that many of the Pods it wants were not ready."""
    throughout(lab, workloads.at_most_unavailable(kind, name, count))


@then(parse("Deployment {name:Name} has the revisions {numbers:Numbers}"))
@by_hand("kubectl rollout history deployment {name}")
@watches("ReplicaSet")
@live()
def has_revisions(lab: Scenario, name: str, numbers: list[int]) -> None:
    """Its history has these revisions and no other."""
    until(lab, rollouts.revisions("Deployment", name, numbers))
