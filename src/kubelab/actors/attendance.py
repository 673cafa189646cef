"""Whether the controllers and the kubelets are at work: what did not happen proves nothing where nobody could have done or told it.

The controllers are given a ReplicaSet of no Pods, and somebody has to look at it; a kubelet is asked for its health.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from operator import not_
from typing import TYPE_CHECKING

from kubelab import durations
from kubelab.actors.lags import LAG
from kubelab.client.knocking import knock
from kubelab.client.objects import Object, at, name
from kubelab.client.refusals import Refused
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.node_changes import recorded

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.containment import Account
    from kubelab.observation import View

PAUSE = 0.02
"""Seconds between two looks."""
LEISURE = 0.5
"""Seconds between two questions to a kubelet."""
LABELS = {"kubelab/attendance": "true"}
PROBE: Object = {
    "apiVersion": "apps/v1",
    "kind": "ReplicaSet",
    "metadata": {"generateName": "attendance-", "labels": LABELS},
    "spec": {
        "replicas": 0,
        "selector": {"matchLabels": LABELS},
        "template": {"metadata": {"labels": LABELS}, "spec": {"containers": [{"name": "none", "image": "none"}]}},
    },
}
"""What a controller looks at within milliseconds (apps/v1, status.observedGeneration) and that changes nothing."""


def require_controllers(client: "Client", account: "Account", wording: str) -> None:
    """SetupTrouble where no controller looks at a new object within ten seconds: that nothing was done then proves nothing.

    The object goes with the scenario's account, if not before.
    """
    probe = name(client.create(_probe(account), account.place))
    try:
        seen = knock(lambda: _is_seen(client.get("ReplicaSet", probe, account.place)), not_, LAG, PAUSE)
    finally:
        with suppress(LabFailure, SetupTrouble):
            client.delete("ReplicaSet", probe, account.place, 0)
    if not seen:
        raise SetupTrouble(
            f"Could not see whether {wording}: the controllers did not look at a new ReplicaSet for {durations.short(LAG)}, "
            "so they would have done nothing else either.\n"
            "See it: kubectl -n kube-system get pods -l component=kube-controller-manager"
        )


def require_kubelets(client: "Client", view: "View", wording: str) -> None:
    """SetupTrouble where the kubelet of a node with Pods of the scenario does not answer within ten seconds: it tells what Pods do.

    Nodes that the scenario itself has stopped are left out, and kubelets that this account may not ask.
    """
    for node in _homes(client, view):
        if not knock(partial(_answers, client, node), not_, LAG, LEISURE):
            raise SetupTrouble(
                f"Could not see whether {wording}: the kubelet of node {node} did not answer for {durations.short(LAG)}, "
                "so nothing is known about the Pods there.\n"
                f"See it: kubectl describe node {node}"
            )


def _homes(client: "Client", view: "View") -> Iterator[str]:
    """The nodes on which the scenario has Pods, but for those that it has stopped."""
    for node in sorted({str(at(pod, "spec", "nodeName", default="")) for pod in view.objects("Pod")} - {""}):
        thing = client.get("Node", node)
        if thing is not None and not recorded(thing, view.namespace).stopped:
            yield node


def _answers(client: "Client", node: str) -> bool:
    try:
        return client.kubelet_health(node, LAG) == "ok"
    except Refused as refused:
        return refused.forbids
    except SetupTrouble:  # a frozen kubelet keeps the connection open
        return False


def _probe(account: "Account") -> Object:
    return {**PROBE, "metadata": {**PROBE["metadata"], "ownerReferences": [account.reference]}}


def _is_seen(probe: Object | None) -> bool:
    return bool(at(probe or {}, "status", "observedGeneration", default=0))
