"""The parts of the cluster that act for labs: the control plane, kubelets, the network; and which of them failed to act.

A sentence that did not come true is the lab's failure only if all of them acted. They are checked only when a sentence has failed.
"""

from collections.abc import Callable, Iterator

from kubelab.actors.admission import refusals
from kubelab.actors.attendance import require_controllers, require_kubelets
from kubelab.actors.control_plane import parts, unreached
from kubelab.actors.ground import ActorsScene, Ground
from kubelab.actors.ingress_classes import unserved_class
from kubelab.actors.kubelets import machines
from kubelab.actors.network import name_servers, ways
from kubelab.actors.node_labels import unread_labels
from kubelab.actors.outage import Outage
from kubelab.actors.room import no_place
from kubelab.actors.volumes import unprovided
from kubelab.client.refusals import Refused

__all__ = ["ActorsScene", "Outage", "absent", "require_controllers", "require_kubelets"]

TURNS: tuple[Callable[[Ground], Iterator[Outage]], ...] = (
    refusals,
    unreached,
    unprovided,
    no_place,
    unread_labels,
    machines,
    parts,
    name_servers,
    ways,
    unserved_class,
)
"""The checks, the most telling first."""


def absent(scene: ActorsScene, error: BaseException, sentence: str) -> Outage | None:
    """The first part of the cluster that had to act for the failed sentence, and did not for some time since the last When.

    SetupTrouble where the cluster cannot be asked.
    """
    ground = Ground(scene, error, sentence)
    is_the_labs_own = isinstance(error, Refused) or getattr(error, "declared", False)
    turns = TURNS[:1] if is_the_labs_own else TURNS
    return next((outage for turn in turns for outage in turn(ground)), None)
