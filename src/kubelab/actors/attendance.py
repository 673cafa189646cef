"""Whether the controllers are at work: they are given a ReplicaSet of no Pods, and somebody has to look at it."""

from contextlib import suppress
from operator import not_
from typing import TYPE_CHECKING

from kubelab.actors.lags import LAG
from kubelab.client.knocking import knock
from kubelab.client.objects import Object, at, name
from kubelab.errors import LabFailure, SetupTrouble

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.containment import Account

PAUSE = 0.02
"""Seconds between two looks."""
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
            f"Could not see whether {wording}: the controllers did not look at a new ReplicaSet for {LAG:.0f} s, "
            "so they would have done nothing else either.\n"
            "See it: kubectl -n kube-system get pods -l component=kube-controller-manager"
        )


def _probe(account: "Account") -> Object:
    return {**PROBE, "metadata": {**PROBE["metadata"], "ownerReferences": [account.reference]}}


def _is_seen(probe: Object | None) -> bool:
    return bool(at(probe or {}, "status", "observedGeneration", default=0))
