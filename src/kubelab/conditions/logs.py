"""What a container wrote: read by asking, a few times a second, since no watch tells it."""

from collections.abc import Callable

from kubelab.conditions.words import absent
from kubelab.errors import LabFailure
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.3
"""Seconds between two looks."""
SHOWN = 200
"""Characters of a log that a failure repeats."""


def logs_show(pod: str, text: str, read: Callable[[], str]) -> Condition:
    """`the logs of Pod "web" show "GET /"`: what `read` returns has the text in it."""

    def observe(view: View) -> Observation:
        found = view.find("Pod", pod)
        if found is None:
            return Observation(met=False, seen=absent("Pod", pod, view.objects("Pod")))
        written = _written(read)
        return Observation(text in written, f"the last lines: {written[-SHOWN:].strip() or 'none'}", about=(found,))

    return Condition(f'the logs of Pod "{pod}" show "{text}"', observe, every=EVERY)


def _written(read: Callable[[], str]) -> str:
    try:
        return read()
    except LabFailure as refused:  # a container that has not started has no logs yet
        return f"({refused})"
