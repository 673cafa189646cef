"""Waiting for states: conditions as values, and the few functions that await or look back for them."""

from kubelab.waiting.condition import Condition, Hopeless, Observation, Sighting
from kubelab.waiting.lookback import never, stays, throughout
from kubelab.waiting.until import Lab, until

__all__ = ["Condition", "Hopeless", "Lab", "Observation", "Sighting", "never", "stays", "throughout", "until"]
