"""The sentences of a scenario that have run: when each did, and what it waited for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubelab.authoring import Step
    from kubelab.scenario import Scenario
    from kubelab.waiting import Noted


@dataclass(frozen=True)
class Performed:
    """A sentence that ran, from one time of the scenario's clock to another, its waits, and what it raised, if that ended the scenario."""

    step: "Step"
    began: float
    ended: float
    waits: Sequence["Noted"]
    raised: BaseException | None = None


@contextmanager
def performing(performed: list[Performed], lab: "Scenario", step: "Step") -> Iterator[None]:
    """While the block lasts the sentence runs; afterwards it is among those that have."""
    began, before, raised = lab.clock(), len(lab.waits), None
    try:
        yield
    except BaseException as error:
        raised = error
        raise
    finally:
        performed.append(Performed(step, began, lab.clock(), lab.waits[before:], raised))
