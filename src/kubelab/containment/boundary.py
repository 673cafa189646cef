"""Has the API server keep labs in their place: RBAC and admission policies, in two files, tried by every run before its labs."""

import hashlib
import threading
import time
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

from kubelab import manifests
from kubelab.client import Refused
from kubelab.client.objects import Object, at
from kubelab.containment.accounts import HOME, SECONDS
from kubelab.errors import SetupTrouble

if TYPE_CHECKING:
    from kubelab.client import Client

FILES = ("boundary.yaml", "submissions.yaml")
"""For labs, and for submissions of students."""
DIGEST = "kubelab/boundary"
"""The annotation of the accounts' namespace that says which files were applied."""
PROBE = "probe"
"""The account that tries what no lab may do."""
ELSEWHERE: Object = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "elsewhere"}}
"""What no scenario may make: its name does not begin with the scenario's."""
POLICY = "ValidatingAdmissionPolicy 'kubelab-labs'"
"""How the API server says who refused."""
LIMIT = 30.0
"""Seconds until the API server must hold to a policy that was just applied; it reads them anew about every second."""
EVERY = 0.1
"""Seconds between two tries."""


def draw(client: "Client") -> str:
    """Have the boundary in force; why this account cannot have that, "" where it is. SetupTrouble where it does not come into force."""
    try:
        if _applied(client) != digest():
            _apply(client)
        _await_force(client)
    except Refused as refused:
        if refused.forbids:
            return str(refused)
        raise
    return ""


def digest() -> str:
    """Twelve hex digits that change with the files."""
    return hashlib.sha256("".join(map(_text, FILES)).encode()).hexdigest()[:12]


def _applied(client: "Client") -> str:
    return str(at(client.get("Namespace", HOME) or {}, "metadata", "annotations", DIGEST, default=""))


def _apply(client: "Client") -> None:
    """The mark comes last: what was applied only in part is applied again."""
    for document in (one for file in FILES for one in manifests.parse(_text(file), file)):
        client.apply(document.body)
    client.patch("Namespace", HOME, {"metadata": {"annotations": {DIGEST: digest()}}})


def _await_force(client: "Client") -> None:
    probe, end = client.bearing(client.token(PROBE, HOME, SECONDS)), time.monotonic() + LIMIT
    for said in _tries(probe):
        if POLICY in said:
            return
        if time.monotonic() > end:
            raise SetupTrouble(
                f"The API server does not keep labs in their namespaces: {said or 'it let a lab make one elsewhere'}\n"
                f"See what is there: kubectl get validatingadmissionpolicy,clusterrole | grep {HOME}"
            )
        threading.Event().wait(EVERY)


def _tries(probe: "Client") -> Iterator[str]:
    """What the API server says of each try, "" where it would do it."""
    while True:
        try:
            probe.rehearse(ELSEWHERE, "")
        except Refused as refused:
            yield refused.message
        else:
            yield ""


def _text(file: str) -> str:
    return files("kubelab.containment").joinpath(file).read_text(encoding="utf-8")
