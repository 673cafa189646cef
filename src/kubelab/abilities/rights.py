"""The rights that a run needs in its cluster, in one list, and what is skipped without each; checked by SelfSubjectAccessReview."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kubelab.errors import SetupTrouble

if TYPE_CHECKING:
    from kubelab.client import Client


@dataclass(frozen=True)
class Right:
    """A verb on all objects of a kind."""

    verb: str
    kind: str


REQUIRED = (Right("create", "Namespace"), Right("delete", "Namespace"))
"""Without these no lab runs. In the namespaces that it creates the account needs the rights of the ClusterRole "admin"."""
TIDYING = (Right("get", "Namespace"), Right("list", "Namespace"), Right("patch", "Namespace"))
"""Without these, namespaces of killed runs stay, none can be kept to look at, and labs create nothing outside their namespace."""
NODES = (Right("list", "Node"), Right("watch", "Node"))
"""For sentences about nodes."""
LABELS = (Right("patch", "Node"),)
"""For labs that label nodes, until their end."""
ADDONS = tuple(Right("create", kind) for kind in ("ClusterRole", "ClusterRoleBinding", "IngressClass"))
"""For labs that install the ingress controller or MetalLB, which stay; in their namespaces also the rights of "admin"."""
ALL = (*REQUIRED, *TIDYING, *NODES, *LABELS, *ADDONS)
"""All rights."""


def require(client: "Client") -> None:
    """SetupTrouble where the account may not do what every lab needs."""
    if reason := denied(client, REQUIRED):
        raise SetupTrouble(
            f"T{reason[1:]}: every lab has one of its own.\nTake a context whose account may, or run the labs on a kind cluster: kubelab up"
        )


def notes(client: "Client") -> list[str]:
    """What is different although every lab may run."""
    reason = denied(client, TIDYING)
    return [f"{reason}: what a killed run leaves there stays, and no namespace is kept to look at"] if reason else []


def denied(client: "Client", rights: Sequence[Right]) -> str:
    """The rights that the account lacks, as a reason in one line; "" where it has them all."""
    missing = [right for right in rights if not client.may(right.verb, right.kind)]
    return f"this account may not {in_words(missing)}" if missing else ""


def in_words(rights: Sequence[Right]) -> str:
    """`list and watch Nodes, patch Namespaces`."""
    grouped = groupby(sorted(rights, key=lambda right: right.kind), key=lambda right: right.kind)
    return ", ".join(f"{_listed([right.verb for right in some])} {plural(kind)}" for kind, some in grouped)


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def plural(kind: str) -> str:
    """`Nodes`, `StorageClasses`, `the status of CronJobs` for `CronJob/status`."""
    kind, _, part = kind.partition("/")
    many = f"{kind}es" if kind.endswith("s") else f"{kind}s"
    return f"the {part} of {many}" if part else many
