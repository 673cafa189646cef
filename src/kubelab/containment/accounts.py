"""A scenario's own account: a ServiceAccount out of the lab's reach, its rights in the scenario's namespaces, and its token."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from operator import not_
from typing import TYPE_CHECKING, Any

from kubelab import durations
from kubelab.client.knocking import knock
from kubelab.client.objects import Object, name, uid
from kubelab.client.refusals import if_permitted
from kubelab.errors import LabFailure, SetupTrouble

if TYPE_CHECKING:
    from kubelab.client import Client

HOME = "kubelab-labs"
"""The namespace of all such accounts, and the first word in the names of their roles and bindings."""
SUBMITTED = "kubelab-submissions"
"""The namespace of the accounts of scenarios that run a submission: less is allowed to them beyond their own namespace."""
INSIDE = f"{HOME}-own-namespace"
"""The ClusterRole of a scenario's own namespaces, and its binding there."""
LIMIT = 20.0
"""Seconds within which a binding must take effect."""
PAUSE = 0.02
"""Seconds between two checks."""
SECONDS = 3600
"""Seconds for which a token is valid; deleting its account ends it earlier (authentication.k8s.io/v1, TokenRequest)."""


@dataclass(frozen=True)
class Account:
    """The account as which a lab acts: `client` for our own requests, `token` for kubectl.

    `reference` makes another object of its namespace, `place`, go with it (metav1.OwnerReference).
    """

    name: str
    client: "Client" = field(repr=False)
    token: str = field(repr=False)
    reference: Mapping[str, str]
    place: str = HOME


def given(client: "Client", namespace: Object, role: str = "") -> Account:
    """An account for the scenario of this namespace, named and marked like it, with all rights in it, or with those of a Role there."""
    home, metadata, place = name(namespace), namespace["metadata"], SUBMITTED if role else HOME
    marks = {part: metadata[part] for part in ("labels", "annotations") if part in metadata}
    made = client.create(_account({"name": home, "namespace": place, **marks}))
    client.create(_binding(home, home, role))
    token = client.token(home, place, SECONDS)
    account = Account(home, client.bearing(token), token, _reference(made), place)
    _await_rights(account, home)
    return account


def admit(client: "Client", account: Account, namespace: str) -> None:
    """Give an account its rights in a namespace of its scenario."""
    client.apply(_binding(account.name, namespace))
    _await_rights(account, namespace)


def _await_rights(account: Account, namespace: str) -> None:
    """Return once the API server applies a binding: its authorizer learns of it by a watch of its own, and refuses until then.

    SetupTrouble where that takes too long.
    """
    if not knock(lambda: account.client.may("patch", "Pod", namespace), not_, LIMIT, PAUSE):
        raise SetupTrouble(
            f'The API server did not let the account "{account.name}" work in the namespace "{namespace}" within {durations.short(LIMIT)}, '
            f"though it is bound there. See it: kubectl -n {namespace} get rolebindings"
        )


def remove(client: "Client", account: str, place: str = HOME) -> None:
    """Delete an account, and with it its tokens; if it is gone already, that is fine."""
    with suppress(LabFailure):
        client.delete("ServiceAccount", account, place)


def remove_ended(client: "Client", ended: Callable[[Object], bool]) -> None:
    """Delete the accounts of scenarios that have ended."""
    for place in (HOME, SUBMITTED):
        for account in if_permitted(partial(client.list, "ServiceAccount", place, labels="kubelab/run")):
            if ended(account):
                remove(client, name(account), place)


def _account(metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "automountServiceAccountToken": False, "metadata": dict(metadata)}


def _reference(made: Object) -> dict[str, str]:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "name": name(made), "uid": uid(made)}


def _binding(account: str, namespace: str, role: str = "") -> dict[str, Any]:
    kind, rights, place = ("Role", role, SUBMITTED) if role else ("ClusterRole", INSIDE, HOME)
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "RoleBinding",
        "metadata": {"name": rights, "namespace": namespace},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": rights},
        "subjects": [{"kind": "ServiceAccount", "name": account, "namespace": place}],
    }
