"""Since when an object has been hopeless."""

from collections.abc import Callable

from kubelab.client.objects import Object, uid
from kubelab.observation import View

Reason = Callable[[Object], str]
"""Why an object is hopeless, "" when it is not."""


def first_seen(view: View, thing: Object, reason: Reason) -> float:
    """When an object was hopeless for the first time since the last When, even if it was not in between."""
    later = [c for c in view.history(since=view.since) if c.uid == uid(thing)]
    if later and reason(later[0].before or {}):
        return view.since.time
    return next((c.time for c in later if reason(c.object)), view.since.time)
