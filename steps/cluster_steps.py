"""What a lab needs of its cluster beyond its other sentences; on a cluster without it, the scenario is skipped with the reason."""

from pytest_bdd import given

from kubelab import assumptions
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, parse, watches


@given(parse("the cluster has {count:Number} worker node"))
@given(parse("the cluster has {count:Number} worker nodes"))
@by_hand("kubectl get nodes")
@watches("Node")
@live()
def has_workers(lab: Scenario, count: int) -> None:
    """At least that many of its nodes accept any Pod."""
    assumptions.require_workers(lab, count)


@given(parse("the cluster has {kind:Kind} {name:Name} in namespace {namespace:Name}"))
@by_hand("kubectl get {kind} {name} -n {namespace}")
@live()
def has_object(lab: Scenario, kind: str, name: str, namespace: str) -> None:
    """The cluster has that object, such as the name server as kubeadm installs it."""
    assumptions.require_object(lab, kind, name, namespace)


@given(parse("the cluster gives Services addresses of {range_:Text}"))
@by_hand("kubectl get servicecidrs")
def gives_addresses(lab: Scenario, range_: str) -> None:
    """Its Services get their addresses from that range, from which the lab chooses fixed ones."""
    assumptions.require_range(lab, range_)
