"""Which abilities a cluster lacks, and why: found out once a run, at its beginning."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kubelab.abilities import rights
from kubelab.abilities.ability import Ability
from kubelab.addons import INGRESS_CONTROLLER, METALLB, obstacle
from kubelab.client.objects import Object
from kubelab.clusters import outside
from kubelab.clusters.existing import ELSEWHERE
from kubelab.conditions.nodes import address, is_control_plane, is_worker
from kubelab.errors import NotHere

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Cluster, Provider


def lacking(cluster: "Cluster", provider: "Provider", client: "Client") -> dict[Ability, str]:
    """The abilities that the cluster lacks, each with the reason in one line; for one of ours, only its size and nodes are checked."""
    ground = _Ground(cluster, provider, client)
    asked = {**_OF_SIZE, **({} if cluster.can.ours else _OF_OTHERS), **({} if cluster.can.nodes else _OF_NODES)}
    return {ability: reason for ability, ask in asked.items() if (reason := ask(ground))}


def told(found: Mapping[Ability, str]) -> list[str]:
    """A line for each reason, with everything that the cluster cannot do because of it; where nodes are not shown, that alone is told."""
    unseen = found.get(Ability.NODES)
    shown = {ability: reason for ability, reason in found.items() if ability is Ability.NODES or reason != unseen}
    reasons = dict.fromkeys(shown.values())
    return [f"the cluster cannot {' or '.join(one.value for one in shown if shown[one] == reason)}: {reason}" for reason in reasons]


def too_few_workers(nodes: Iterable[Object], count: int) -> str:
    """Why there are too few nodes that take Pods, "" where there are enough."""
    found = len(list(filter(is_worker, nodes)))
    return "" if found >= count else f"needs {count} worker node{'' if count == 1 else 's'}; this cluster has {found or 'none'}"


@dataclass(frozen=True, eq=False)
class _Ground:
    """A cluster, and what has been found out about it."""

    cluster: "Cluster"
    provider: "Provider"
    client: "Client"

    @cached_property
    def unseen(self) -> str:
        """Why the nodes cannot be seen."""
        return rights.denied(self.client, rights.NODES) if not self.cluster.can.ours else ""

    @cached_property
    def nodes(self) -> list[Object]:
        """All nodes; none where they cannot be seen."""
        return [] if self.unseen else self.client.list("Node")

    def several(self) -> str:
        """Why there is no second node."""
        return self.unseen or ("" if len(self.nodes) > 1 else "needs 2 nodes; this cluster has 1")

    def workers(self, count: int) -> str:
        """Why there are fewer worker nodes."""
        return self.unseen or too_few_workers(self.nodes, count)

    def control_plane(self) -> str:
        """Why there is no control plane node that is free of Pods."""
        planes = [node for node in self.nodes if is_control_plane(node) and not is_worker(node)]
        return self.unseen or ("" if planes else "needs a node of the control plane that keeps Pods away; this cluster shows none")

    def programs(self) -> str:
        """Why programs cannot be run on nodes."""
        whose = "cannot be entered" if self.cluster.can.ours else "are not ours"
        return f'the nodes of context "{self.cluster.context}" {whose}. {ELSEWHERE}'

    def labels(self) -> str:
        """Why nodes cannot be labelled."""
        return self.unseen or rights.denied(self.client, rights.LABELS)

    def outside(self) -> str:
        """Why the nodes cannot be reached from outside."""
        near = next(filter(None, map(address, self.nodes)), "")
        here = bool(near) and outside.is_answered(near)
        return self.unseen or ("" if here else f"the nodes' addresses ({near or 'none'}) are not reached from this machine")

    def ingress(self) -> str:
        """Why the ingress controller cannot be installed."""
        return rights.denied(self.client, (*rights.TIDYING, *rights.ADDONS)) or obstacle(INGRESS_CONTROLLER, self.client)

    def balancer(self) -> str:
        """Why MetalLB cannot be installed."""
        try:
            self.provider.addresses()
        except NotHere as reason:
            return str(reason).replace("\n", " ")
        return rights.denied(self.client, (*rights.TIDYING, *rights.ADDONS)) or obstacle(METALLB, self.client)


_OF_SIZE: Mapping[Ability, Callable[[_Ground], str]] = {
    Ability.SEVERAL: _Ground.several,
    Ability.WORKER: lambda ground: ground.workers(1),
    Ability.WORKERS: lambda ground: ground.workers(2),
    Ability.CONTROL_PLANE: _Ground.control_plane,
}
_OF_NODES: Mapping[Ability, Callable[[_Ground], str]] = {
    Ability.PROGRAMS: _Ground.programs,
    Ability.STOPS: _Ground.programs,
}
_OF_OTHERS: Mapping[Ability, Callable[[_Ground], str]] = {
    Ability.NODES: lambda ground: ground.unseen,
    Ability.LABELS: _Ground.labels,
    Ability.OUTSIDE: _Ground.outside,
    Ability.INGRESS: _Ground.ingress,
    Ability.BALANCER: _Ground.balancer,
}
