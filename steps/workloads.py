"""Workloads: what keeps Pods, how many, on which nodes, in which version."""

from pytest_bdd import step, then, when

from kubelab.conditions import identity, jobs, nodes, presence, rollouts, workloads
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, parse, watches
from kubelab.waiting import stays, throughout, until


@step(parse("{kind:Kind} {name:Name} is rolled out"))
@step(parse("{kind:Kind} {name:Name} is rolled out within {limit:Duration}"))
@by_hand("kubectl rollout status {kind} {name}")
def is_rolled_out(lab: Scenario, kind: str, name: str, limit: float | None = None) -> None:
    """Every wanted Pod is of the newest template (with updateStrategy OnDelete: of any) and ready, and the newest change was seen."""
    until(lab, rollouts.rolled_out(kind, name), limit)


@then(parse("{kind:Kind} {name:Name} has {count:Number} ready pods"))
@then(parse("{kind:Kind} {name:Name} has {count:Number} ready pods within {limit:Duration}"))
@by_hand("kubectl get {kind} {name}")
def has_ready_pods(lab: Scenario, kind: str, name: str, count: int, limit: float | None = None) -> None:
    """It has exactly so many ready Pods and wants no other number."""
    until(lab, workloads.ready_pods(kind, name, count), limit)


@then(parse("{kind:Kind} {name:Name} has one ready pod on every worker node"))
@by_hand("kubectl get pods -o wide")
@watches("Node")
def has_one_on_every_worker(lab: Scenario, kind: str, name: str) -> None:
    """Each node that does not run the control plane has exactly one of its Pods, ready."""
    until(lab, nodes.one_pod_per_node(kind, name))


@then(parse("{kind:Kind} {name:Name} has no pod on the control plane"))
@by_hand("kubectl get pods -o wide")
@watches("Node")
def has_none_on_the_control_plane(lab: Scenario, kind: str, name: str) -> None:
    """No Pod of it is on a node of the control plane."""
    until(lab, nodes.no_pod_on(kind, name))


@when(parse("I delete a {kind:Kind} pod"))
@by_hand("kubectl delete pod POD --wait=false")
def delete_a_pod_of(lab: Scenario, kind: str) -> None:
    """Deletes one Pod of the scenario's only object of that kind, and remembers which."""
    pod = lab.remember("the deleted pod", lab.pod_of_the_only(kind))
    lab.delete("Pod", pod["metadata"]["name"])


@then("a replacement appears on the same node")
@then(parse("a replacement appears on the same node within {limit:Duration}"))
@by_hand("kubectl get pods -o wide --watch")
def replacement_on_the_same_node(lab: Scenario, limit: float | None = None) -> None:
    """Another Pod (another UID) of the same owner is ready on the node of the one that was deleted."""
    until(lab, identity.replaced(lab.recall("the deleted pod"), same_node=True), limit)


@then(parse("every pod of {kind:Kind} {name:Name} is owned by a {owner:Kind}"))
@by_hand("kubectl get pods -o yaml")
def pods_are_owned_by(lab: Scenario, kind: str, name: str, owner: str) -> None:
    """Between the object and each of its Pods stands an owner of that kind, which the object owns."""
    until(lab, workloads.every_pod_owned_by(kind, name, owner))


@then(parse("Deployment {name:Name} has {count:Number} ReplicaSet"))
@then(parse("Deployment {name:Name} has {count:Number} ReplicaSets"))
@by_hand("kubectl get replicasets")
@watches("ReplicaSet")
def has_replica_sets(lab: Scenario, name: str, count: int) -> None:
    """It owns so many ReplicaSets, the empty ones too."""
    until(lab, rollouts.replica_sets(name, count))


@then(parse("Deployment {name:Name} keeps {count:Number} ReplicaSet for {duration:Duration}"))
@by_hand("kubectl get replicasets --watch")
@watches("ReplicaSet")
def keeps_replica_sets(lab: Scenario, name: str, count: int, duration: float) -> None:
    """It owns so many ReplicaSets, and no other number for that long."""
    stays(lab, rollouts.replica_sets(name, count), duration)


@then(parse("the old ReplicaSets of Deployment {name:Name} are empty"))
@by_hand("kubectl get replicasets")
@watches("ReplicaSet")
def old_replica_sets_are_empty(lab: Scenario, name: str) -> None:
    """All its ReplicaSets but the newest have, and want, no Pod."""
    until(lab, rollouts.old_replica_sets_empty(name))


@then(parse("every pod of {kind:Kind} {name:Name} runs image {image:Text}"))
@by_hand("kubectl get pods -o yaml")
def every_pod_runs(lab: Scenario, kind: str, name: str, image: str) -> None:
    """No Pod of it runs, or is to run, anything else."""
    until(lab, workloads.every_pod_runs(kind, name, lab.images.runs(image), image))


@then(parse("no pod of {kind:Kind} {name:Name} was deleted"))
@by_hand("kubectl get pods --watch")
def no_pod_was_deleted(lab: Scenario, kind: str, name: str) -> None:
    """Each Pod it had at the last When is still there."""
    throughout(lab, workloads.no_pod_deleted(kind, name))


@then(parse("throughout, {kind:Kind} {name:Name} had at least {count:Number} available pods"))
@by_hand("kubectl get {kind} {name} --watch")
def had_at_least_available(lab: Scenario, kind: str, name: str, count: int) -> None:
    """In no state seen since the last When were fewer of its Pods ready."""
    throughout(lab, workloads.at_least_available(kind, name, count))


@then(parse("throughout, {kind:Kind} {name:Name} had at most {count:Number} pods"))
@by_hand("kubectl get {kind} {name} --watch")
def had_at_most(lab: Scenario, kind: str, name: str, count: int) -> None:
    """In no state seen since the last When had it, or for a Deployment had its ReplicaSets been asked for, more Pods."""
    throughout(lab, workloads.at_most(kind, name, count))


@then(parse("throughout, {kind:Kind} {name:Name} had at most {count:Number} unavailable pod"))
@by_hand("kubectl get {kind} {name} --watch")
def had_at_most_unavailable(lab: Scenario, kind: str, name: str, count: int) -> None:
    """In no state seen since the last When were more of its wanted Pods not ready."""
    throughout(lab, workloads.at_most_unavailable(kind, name, count))


@then(parse("Deployment {name:Name} has the revisions {numbers:Numbers}"))
@by_hand("kubectl rollout history deployment {name}")
@watches("ReplicaSet")
def has_revisions(lab: Scenario, name: str, numbers: list[int]) -> None:
    """Its history has these revisions and no other."""
    until(lab, rollouts.revisions("Deployment", name, numbers))


@then(parse("a pod of {kind:Kind} {name:Name} is waiting with {reason:Text}"))
@by_hand("kubectl get pods")
def a_pod_waits_with(lab: Scenario, kind: str, name: str, reason: str) -> None:
    """A container of one of its Pods cannot run, for that reason."""
    until(lab, workloads.a_pod_waits(kind, name, reason))


@then(parse("{kind:Kind} {name:Name} has condition {type_:Name} {status:Name} because of {reason:Name}"))
@by_hand("kubectl get {kind} {name} -o yaml")
def has_condition(lab: Scenario, kind: str, name: str, type_: str, status: str, reason: str) -> None:
    """The entry of its `status.conditions` of that type has that status and reason."""
    until(lab, presence.has_condition(kind, name, type_, status, reason))


@step(parse("Job {name:Name} is complete"))
@step(parse("Job {name:Name} is complete within {limit:Duration}"))
@by_hand("kubectl wait --for=condition=Complete job {name}")
def job_is_complete(lab: Scenario, name: str, limit: float | None = None) -> None:
    """As many of its Pods as it wants have succeeded."""
    until(lab, jobs.completed(name), limit)
