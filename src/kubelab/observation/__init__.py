"""Watches, the store that they fill, and the timeline of every state seen."""

from kubelab.observation.changes import Change, Gap, Mark
from kubelab.observation.observer import Observer
from kubelab.observation.store import Store
from kubelab.observation.view import View

__all__ = ["Change", "Gap", "Mark", "Observer", "Store", "View"]
