"""Workloads: how many Pods they keep, on which nodes, with which image, and who owns the Pods."""

from pytest_bdd import step, then, when

from kubelab.abilities import Ability
from kubelab.conditions import identity, nodes
from kubelab.conditions.controllers import jobs, workload_pods, workloads
from kubelab.scenario import Scenario
from kubelab.selection import pod_of_the_only
from kubelab.vocabulary import by_hand, live, parse, requires, watches
from kubelab.waiting import stays, throughout, until


@step(parse("{kind:Kind} {name:Name} has {count:Number} ready pod"))
@step(parse("{kind:Kind} {name:Name} has {count:Number} ready pods"))
@step(parse("{kind:Kind} {name:Name} has {count:Number} ready pod within {limit:Duration}"))
@step(parse("{kind:Kind} {name:Name} has {count:Number} ready pods within {limit:Duration}"))
@by_hand("kubectl get {kind} {name}")
@live()
def has_ready_pods(lab: Scenario, kind: str, name: str, count: int, limit: float | None = None) -> None:
    """Exactly that many of its Pods are ready; fails at once if it wants another number, unless a limit gives time to scale it."""
    until(lab, workloads.ready_pods(kind, name, count, may_be_scaled=limit is not None), limit)


@then(parse("{kind:Kind} {name:Name} wants {count:Number} pod"))
@then(parse("{kind:Kind} {name:Name} wants {count:Number} pods"))
@by_hand("kubectl get {kind} {name} -o jsonpath={{.spec.replicas}}")
@live()
def wants_pods(lab: Scenario, kind: str, name: str, count: int) -> None:
    """Its `spec.replicas` is that number, however many Pods there are; judged at once."""
    until(lab, workloads.wants(kind, name, count))


@then(parse("{kind:Kind} {name:Name} keeps {count:Number} pod for {duration:Duration}"))
@then(parse("{kind:Kind} {name:Name} keeps {count:Number} pods for {duration:Duration}"))
@by_hand("kubectl get pods --watch")
@live()
def keeps_pods(lab: Scenario, kind: str, name: str, count: int, duration: float) -> None:
    """It has that many Pods, ready or not, and no other number of them for that long."""
    stays(lab, workloads.pods(kind, name, count), duration)


@then(parse("{kind:Kind} {name:Name} has one ready pod on every worker node"))
@by_hand("kubectl get pods -o wide")
@watches("Node")
@requires(Ability.WORKER)
@live()
def has_one_on_every_worker(lab: Scenario, kind: str, name: str) -> None:
    """Every node outside the control plane has exactly one of its Pods, and that Pod is ready."""
    until(lab, nodes.one_pod_per_node(kind, name))


@then(parse("{kind:Kind} {name:Name} has no pod on the control plane"))
@by_hand("kubectl get pods -o wide")
@watches("Node")
@requires(Ability.CONTROL_PLANE)
@live()
def has_none_on_the_control_plane(lab: Scenario, kind: str, name: str) -> None:
    """None of its Pods is on a node of the control plane."""
    until(lab, nodes.no_pod_on(kind, name))


@when(parse("I delete a {kind:Kind} pod"))
@by_hand("kubectl delete pod POD --wait=false")
def delete_a_pod_of(lab: Scenario, kind: str) -> None:
    """Deletes one Pod of the scenario's only object of that kind, and remembers which."""
    pod = lab.remember("the deleted pod", pod_of_the_only(lab, kind))
    lab.delete("Pod", pod["metadata"]["name"])


@then("a replacement appears")
@then(parse("a replacement appears within {limit:Duration}"))
@by_hand("kubectl get pods --watch")
def replacement_appears(lab: Scenario, limit: float | None = None) -> None:
    """Another Pod (another UID) of the same owner is ready, and the deleted one no longer serves."""
    until(lab, identity.replaced(lab.recall("the deleted pod")), limit)


@then("a replacement appears on the same node")
@then(parse("a replacement appears on the same node within {limit:Duration}"))
@by_hand("kubectl get pods -o wide --watch")
def replacement_on_the_same_node(lab: Scenario, limit: float | None = None) -> None:
    """Another Pod (another UID) of the same owner is ready on the deleted one's node."""
    until(lab, identity.replaced(lab.recall("the deleted pod"), same_node=True), limit)


@then(parse("every pod of {kind:Kind} {name:Name} is new"))
@by_hand("kubectl get pods")
def every_pod_is_new(lab: Scenario, kind: str, name: str) -> None:
    """It has Pods, and none of them was there at the last When."""
    until(lab, identity.renewed(kind, name))


@then(parse("{kind:Kind} {name:Name} adopts Pod {pod:Name}"))
@by_hand("kubectl get pod {pod} -o jsonpath={{.metadata.ownerReferences}}")
def adopts(lab: Scenario, kind: str, name: str, pod: str) -> None:
    """The Pod is still the one that was there at the last When, and belongs to the object now."""
    until(lab, identity.adopted(lab.before("Pod", pod), kind, name))


@then(parse("Pod {name:Name} has no owner"))
@by_hand("kubectl get pod {name} -o jsonpath={{.metadata.ownerReferences}}")
@watches(*identity.ADOPTING)
def has_no_owner(lab: Scenario, name: str) -> None:
    """The Pod is still the one that was there at the last When; the controllers in the namespace have acted, and none has adopted it."""
    until(lab, identity.orphaned(lab.before("Pod", name)))


@then(parse("{count:Number} pod of {kind:Kind} {name:Name} runs on without an owner"))
@then(parse("{count:Number} pods of {kind:Kind} {name:Name} run on without an owner"))
@by_hand("kubectl get pods -o yaml")
def run_on_without_an_owner(lab: Scenario, count: int, kind: str, name: str) -> None:
    """Of the Pods it had at the last When, that many are ready and have no owner."""
    until(lab, identity.left_alone(kind, name, count))


@then(parse("every pod of {kind:Kind} {name:Name} is owned by a {owner:Kind}"))
@by_hand("kubectl get pods -o yaml")
@live()
def pods_are_owned_by(lab: Scenario, kind: str, name: str, owner: str) -> None:
    """Each of its Pods is owned by an object of that kind, which the object itself owns."""
    until(lab, workload_pods.every_pod_owned_by(kind, name, owner))


@then(parse("every pod of {kind:Kind} {name:Name} runs image {image:Text}"))
@by_hand("kubectl get pods -o yaml")
@live()
def every_pod_runs(lab: Scenario, kind: str, name: str, image: str) -> None:
    """None of its Pods runs, or is to run, another image."""
    until(lab, workload_pods.every_pod_runs(kind, name, lab.manifests.images.runs(image), image))


@then(parse("{count:Number} pod of {kind:Kind} {name:Name} runs image {image:Text}"))
@then(parse("{count:Number} pods of {kind:Kind} {name:Name} run image {image:Text}"))
@by_hand("kubectl get pods -o yaml")
@live()
def pods_run(lab: Scenario, count: int, kind: str, name: str, image: str) -> None:
    """Exactly that many of its Pods run the image."""
    until(lab, workload_pods.pods_run(kind, name, count, lab.manifests.images.runs(image), image))


@then(parse("no pod of {kind:Kind} {name:Name} was deleted"))
@by_hand("kubectl get pods --watch")
def no_pod_was_deleted(lab: Scenario, kind: str, name: str) -> None:
    """Each Pod it had at the last When is still there."""
    throughout(lab, workload_pods.no_pod_deleted(kind, name))


@then(parse("a pod of {kind:Kind} {name:Name} is waiting with {reason:Text}"))
@by_hand("kubectl get pods")
@live()
def a_pod_waits_with(lab: Scenario, kind: str, name: str, reason: str) -> None:
    """A container of one of its Pods is waiting, for that reason."""
    until(lab, workload_pods.a_pod_waits(kind, name, reason))


@then(parse("{kind:Kind} {name:Name} has {count:Number} pod"))
@then(parse("{kind:Kind} {name:Name} has {count:Number} pods"))
@by_hand("kubectl get pods")
@live()
def has_pods(lab: Scenario, kind: str, name: str, count: int) -> None:
    """It has exactly that many Pods that have not ended, ready or not; 0 for two seconds."""
    until(lab, workloads.pods(kind, name, count))


@then(parse("{kind:Kind} {name:Name} has {count:Number} {phase:Phase} pod"))
@then(parse("{kind:Kind} {name:Name} has {count:Number} {phase:Phase} pods"))
@by_hand("kubectl get pods")
@live()
def has_pods_in_phase(lab: Scenario, kind: str, name: str, count: int, phase: str) -> None:
    """Exactly that many of its Pods are in that phase; Pods that have ended count until they are deleted."""
    until(lab, jobs.pods_in_phase(kind, name, count, phase))
