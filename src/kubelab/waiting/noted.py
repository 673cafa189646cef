"""A wait as a scenario keeps it, from its beginning on: nothing is asked for it."""

from dataclasses import dataclass

from kubelab.records.scenario_record import Wait
from kubelab.waiting.condition import Observation


@dataclass(frozen=True)
class Noted:
    """How long was waited for what until the last look, and that look."""

    wait: Wait
    look: Observation
