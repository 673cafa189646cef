"""Waiting for states: conditions as values, and the few functions that await or look back for them."""

from kubelab.waiting.condition import STEADY, Condition, Hopeless, Observation, Sighting
from kubelab.waiting.lab import Lab
from kubelab.waiting.lookback import stays, throughout
from kubelab.waiting.noted import Noted
from kubelab.waiting.until import require_no_trouble, until

__all__ = [
    "STEADY",
    "Condition",
    "Hopeless",
    "Lab",
    "Noted",
    "Observation",
    "Sighting",
    "require_no_trouble",
    "stays",
    "throughout",
    "until",
]
