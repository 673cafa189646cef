"""Waiting for states: conditions as values, and the few functions that await or look back for them."""

from kubelab.waiting.condition import Condition, Hopeless, Observation, Sighting
from kubelab.waiting.lookback import never, stays, throughout
from kubelab.waiting.until import Lab, require_no_trouble, until

__all__ = ["Condition", "Hopeless", "Lab", "Observation", "Sighting", "never", "require_no_trouble", "stays", "throughout", "until"]
