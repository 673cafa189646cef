"""What is examined after a failed sentence: what it was about, which Pods were waiting, the cluster's present state."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kubelab.actors.stretch import Stretch
from kubelab.client.objects import Object, all_statuses, at, is_true, name
from kubelab.client.refusals import if_permitted
from kubelab.conditions.family import is_ending
from kubelab.diagnostics import Scene as Explained
from kubelab.diagnostics.surroundings import Surroundings
from kubelab.diagnostics.tree import concerned
from kubelab.hopeless import BROKEN
from kubelab.hopeless.crashes import crashing
from kubelab.hopeless.unpulled import REASONS
from kubelab.node_changes import recorded, scenarios
from kubelab.output import Output

if TYPE_CHECKING:
    from kubelab.clusters.provider import Cluster, Provider

SYSTEM = "kube-system"
"""The namespace of the cluster's own parts."""
NO_RUNTIME = re.compile(r"(?:containerd|crio|cri-dockerd|docker)\.sock|code = Unavailable desc = connection error|runtime is down")
"""How a kubelet says that its container runtime does not answer."""


class ActorsScene(Explained, Protocol):
    """What is needed of the scenario."""

    @property
    def provider(self) -> "Provider":
        """The provider, which can run programs on nodes."""

    @property
    def cluster(self) -> "Cluster":
        """The cluster."""

    @property
    def clock(self) -> Callable[[], float]:
        """Monotonic seconds, the store's own."""

    @property
    def output(self) -> Output:
        """What the last command printed."""


@dataclass(frozen=True, eq=False)
class Ground:
    """A failure of a scenario; each kind that was not watched is listed at most once."""

    scene: ActorsScene
    error: BaseException
    sentence: str = ""

    @cached_property
    def around(self) -> Surroundings:
        """The objects of the scenario and of the cluster."""
        return Surroundings(self.scene.store.last_view(self.scene.since), self.scene.client, self.scene.network.last)

    @cached_property
    def stretch(self) -> Stretch:
        """Since the last When."""
        return Stretch.of(self.scene.clock() - self.scene.since.time)

    @property
    def named(self) -> Sequence[Object]:
        """The objects that the failure itself names."""
        return getattr(self.error, "about", ())

    @cached_property
    def about(self) -> Sequence[Object]:
        """These with their owners and the objects that they own; everything of the scenario where the failure names none."""
        return concerned(self.around.view, self.named)

    @property
    def pods(self) -> list[Object]:
        """The Pods among them."""
        return [thing for thing in self.about if thing.get("kind") == "Pod"]

    @property
    def waiting(self) -> list[Object]:
        """The Pods that nothing in the lab visibly keeps from working."""
        return [pod for pod in self.pods if not has_its_own_reason(pod)]

    @property
    def hanging(self) -> list[Object]:
        """The waiting Pods that are not ready, or not gone yet."""
        return [pod for pod in self.waiting if is_ending(pod) or not _is_well(pod)]

    @property
    def is_the_labs_own(self) -> bool:
        """Whether there are Pods that do not work, each for a reason in the lab: the cluster had then done its part."""
        unwell = [pod for pod in self.pods if not _is_well(pod)]
        return bool(unwell) and all(map(has_its_own_reason, unwell))

    @cached_property
    def nodes(self) -> Sequence[Object]:
        """All nodes as they are now."""
        return self.all("Node")

    @property
    def others(self) -> list[Object]:
        """The nodes that the scenario itself has not stopped."""
        return [node for node in self.nodes if not recorded(node, self.scene.namespace).stopped]

    def foreign(self, node: Object) -> list[str]:
        """The other scenarios whose changes the node still has."""
        return [one for one in scenarios(node) if one != self.scene.namespace]

    def node_of(self, pod: Object) -> Object | None:
        """The node that a Pod is on, None for none, or for one that the scenario itself has stopped."""
        return next((node for node in self.others if name(node) == at(pod, "spec", "nodeName")), None)

    def everyone(self) -> list[Object]:
        """The Pods of all namespaces that have not ended; none where this account may not list them."""
        return if_permitted(lambda: self.scene.client.list("Pod", fields="status.phase!=Succeeded,status.phase!=Failed"))

    def all(self, kind: str, namespace: str = "") -> Sequence[Object]:
        """All of a kind as they are now, in the scenario's namespace or another one; none where this account may not list them."""
        return if_permitted(lambda: list(self.around.of_namespace(kind, namespace or self.scene.namespace)))


def _is_well(pod: Object) -> bool:
    return is_true(pod, "Ready") or at(pod, "status", "phase") == "Succeeded"


def has_its_own_reason(pod: Object) -> bool:
    """Whether a container of the Pod waits, or has ended, because of its declaration."""
    for status in all_statuses(pod):
        state = at(status, "state", default={})
        held = at(state, "waiting", "reason") in REASONS | BROKEN and not NO_RUNTIME.search(str(at(state, "waiting", "message")))
        if held or at(state, "terminated", "exitCode", default=0) != 0:
            return True
    return bool(crashing(pod))
