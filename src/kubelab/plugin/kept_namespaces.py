"""What namespaces that are kept for a person to look at still hold: a scenario that needs the same would meet theirs, not its own."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from kubelab.client.objects import name
from kubelab.client.refusals import if_permitted
from kubelab.errors import SetupTrouble
from kubelab.locks import WHOLE
from kubelab.manifests import needed_by
from kubelab.plugin.namespaces import KEPT

if TYPE_CHECKING:
    from kubelab.client import Client

HOST = "host "
HELD = (HOST, "node port ", "address ")
"""How what a Service or an Ingress holds as long as it is there begins, in the words of `needed_by`."""


def refuse_taken(client: "Client", resources: Iterable[str], kubectl: Callable[[], str]) -> None:
    """SetupTrouble that names a kept namespace whose Services or Ingresses hold one of these resources; `kubectl` begins its last line."""
    needed = {one for one in resources if one.startswith(HELD)}
    homes = if_permitted(lambda: client.list("Namespace", labels=f"{KEPT}=true")) if needed else []
    for home in map(name, homes):
        if taken := next(_taken(client, home, needed), ""):
            raise SetupTrouble(
                f'{taken} of the namespace "{home}", which was kept to look at.\n'
                f"When you have seen enough: {kubectl()} delete namespace {home}"
            )


def _taken(client: "Client", home: str, needed: Collection[str]) -> Iterator[str]:
    """Which object has taken which of these resources, in words; an Ingress for any host takes all hosts."""
    for kind in ("Service", "Ingress"):
        for thing in client.list(kind, home):
            held = set(needed_by({**thing, "kind": kind}))
            taken = {one for one in needed if one in held or (WHOLE in held and one.startswith(HOST))}
            yield from (f'{one} is taken by {kind} "{name(thing)}"' for one in sorted(taken))
