"""Resources: what a Pod requests and may use, what its node has promised, and what happens beyond the limit."""

from pytest_bdd import step, then

from kubelab import manifests
from kubelab.answers import cgroups
from kubelab.client.objects import at
from kubelab.conditions import resources
from kubelab.conditions.printed import allocation
from kubelab.manifests import quantities
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, locks, parse, watches
from kubelab.waiting import until


@step(parse("I apply {file:File} requesting {percent:Number} % of the {resource:Word} of the labelled node"))
@by_hand("kubectl describe node NODE", "kubectl apply -f {file}")
@watches("Node")
@locks("{resource} of the nodes")
def apply_requesting(lab: Scenario, file: str, percent: int, resource: str) -> None:
    """Applies a Pod's manifest; its first container requests that share of the cpu or memory that the labelled node has for Pods."""
    room = at(lab.recall("the labelled node"), "status", "allocatable", resource, default="0")
    lab.apply(manifests.requesting(lab.manifests.read(file), resource, quantities.share(room, percent)))


@then(parse("Pod {name:Name} is Pending because of {reason:Text}"))
@by_hand("kubectl describe pod {name}")
@live()
def is_pending_because_of(lab: Scenario, name: str, reason: str) -> None:
    """The scheduler has found no node for it, and the text is among the reasons that it gives."""
    until(lab, resources.unschedulable(name, reason))


@then(parse("Pod {name:Name} has the QoS class {wanted:Name}"))
@by_hand("kubectl get pod {name} -o jsonpath={{.status.qosClass}}")
@live()
def has_qos_class(lab: Scenario, name: str, wanted: str) -> None:
    """Its requests and limits make it Guaranteed, Burstable or BestEffort; judged at once."""
    until(lab, resources.has_qos_class(name, wanted))


@then(parse("the output counts {cpu:Text} CPU for Pod {name:Name} in the sum of its node"))
def output_counts(lab: Scenario, cpu: str, name: str) -> None:
    """`kubectl describe nodes` printed the Pod's request among those of one node, and the node's sum is that of all its Pods."""
    allocation.counts(lab.output, (lab.namespace, name), cpu)


@then(parse("the output counts no CPU for Pod {name:Name}"))
def output_counts_nothing(lab: Scenario, name: str) -> None:
    """`kubectl describe nodes` no longer lists the Pod, which was there before, and each node's sum is that of its Pods."""
    lab.known("Pod", name)
    allocation.counts_nothing(lab.output, (lab.namespace, name))


@then(parse("the last run of container {container:Name} of Pod {name:Name} ended with {reason:Text}"))
@by_hand("kubectl describe pod {name}")
@live()
def last_run_ended(lab: Scenario, container: str, name: str, reason: str) -> None:
    """Its last finished run ended for that reason, such as OOMKilled, Error or Completed; the container may be running again."""
    until(lab, resources.last_run_ended(name, container, reason))


@then(parse("container {container:Name} of Pod {name:Name} has been throttled at least {times:Number} time"))
@then(parse("container {container:Name} of Pod {name:Name} has been throttled at least {times:Number} times"))
@by_hand("kubectl exec {name} -c {container} -- cat /sys/fs/cgroup/cpu.stat")
def has_been_throttled(lab: Scenario, container: str, name: str, times: int) -> None:
    """The kernel has paused it in that many periods, because it had used up its CPU limit: nr_throttled in its cpu.stat."""
    until(lab, cgroups.throttled(name, container, times, cgroups.Inside(lab.client, lab.namespace)))


@then(parse("container {container:Name} of Pod {name:Name} has never been throttled"))
@by_hand("kubectl exec {name} -c {container} -- cat /sys/fs/cgroup/cpu.stat")
def has_never_been_throttled(lab: Scenario, container: str, name: str) -> None:
    """Since it started, the kernel has never paused it for a CPU limit."""
    until(lab, cgroups.never_throttled(name, container, cgroups.Inside(lab.client, lab.namespace)))


@then(parse("container {container:Name} of Pod {name:Name} may use the whole node"))
@by_hand("kubectl exec {name} -c {container} -- cat /sys/fs/cgroup/cpu.max /sys/fs/cgroup/memory.max")
def may_use_the_whole_node(lab: Scenario, container: str, name: str) -> None:
    """The kernel limits neither its CPU nor its memory, as its control group says."""
    until(lab, cgroups.unlimited(name, container, cgroups.Inside(lab.client, lab.namespace)))
