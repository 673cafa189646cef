"""Since when something hopeless is in sight."""

from collections.abc import Callable

from kubelab.client.objects import Object, uid
from kubelab.observation import View

Reason = Callable[[Object], str]
"""Why an object is hopeless, "" when it is not."""


def first_seen(view: View, thing: Object, reason: Reason) -> float:
    """When an object was hopeless for the first time since the last When, though it may have blinked since."""
    later = [c for c in view.history(since=view.since) if c.uid == uid(thing)]
    if later and reason(later[0].before or {}):
        return view.since.time
    return next((c.time for c in later if reason(c.object)), view.since.time)
