"""A fresh namespace for each scenario, with labels that tell which run it belongs to and whether that run is still alive."""

import re
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelab import durations
from kubelab.belongings import ENFORCE, MANAGED
from kubelab.errors import SetupTrouble

if TYPE_CHECKING:
    from kubelab.client import Client

RUN, SCENARIO, KEPT = "kubelab/run", "kubelab/scenario", "kubelab/kept"
"""The labels for the run, the scenario, and whether a person wants to look at it."""
HOST, LOCK = "kubelab/host", "kubelab/lock"
"""The annotations that say where the run is: the machine, and the file that is locked there while the run is alive."""
LETTERS = "bcdfghjklmnpqrstvwxz2456789"
"""The characters of the random part of a name: no vowels, so that there are no words, and no similar characters."""
LOCK_FILE = "lock"
"""The file in a run's folder that is locked while the run is alive; the system unlocks it when the run is killed."""
RANDOM = 9
"""How many of them: 42 bits."""
ACCOUNT_LIMIT = 20
"""Seconds until a fresh namespace must be able to hold pods."""


def fresh_name(feature: str) -> str:
    """`lab-daemon-set-x2k4…`: the feature's name cut short, then 42 random bits."""
    slug = re.sub(r"[^a-z0-9]+", "-", feature.lower()).strip("-")[:24].strip("-") or "scenario"
    return f"lab-{slug}-" + "".join(secrets.choice(LETTERS) for _ in range(RANDOM))


def document(name: str, run: str, scenario: str, lock: Path, level: str = "", further: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The namespace to create; `level` is the Pod Security Standard that its Pods must meet, "" for the cluster's default.

    `further` are labels that it has beside ours.
    """
    labels = {MANAGED[0]: MANAGED[1], RUN: run, SCENARIO: label(scenario), **({ENFORCE: level} if level else {}), **(further or {})}
    annotations = {HOST: socket.gethostname(), LOCK: str(lock)}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels, "annotations": annotations}}


def label(title: str) -> str:
    """A title as a label's value: letters, digits and dashes, at most 63 of them."""
    return re.sub(r"[^A-Za-z0-9]+", "-", title)[:63].strip("-")


def await_account(client: "Client", namespace: str) -> None:
    """Wait until the namespace has its ServiceAccount "default": before, it refuses pods."""
    from kubelab.client.short_watch import events  # noqa: PLC0415  (collection needs no connection)

    only = [("fieldSelector", "metadata.name=default")]
    told = events(client, "ServiceAccount", namespace, only, ACCOUNT_LIMIT)
    if not any(event["type"] == "ADDED" for event in told) and client.get("ServiceAccount", "default", namespace) is None:
        raise SetupTrouble(
            f'The namespace "{namespace}" got no ServiceAccount "default" within {durations.short(ACCOUNT_LIMIT)}: '
            "the cluster's controller manager does not keep up. See how it is: kubelab status"
        )


def keep(client: "Client", namespace: str) -> None:
    """Mark a namespace as kept: no run deletes it."""
    client.patch("Namespace", namespace, {"metadata": {"labels": {KEPT: "true"}}})


def is_kept(namespace: Mapping[str, Any]) -> bool:
    """Whether a person wants to look at it."""
    return (namespace["metadata"].get("labels") or {}).get(KEPT) == "true"
