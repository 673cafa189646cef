"""What a container wrote: its log is read a few times a second, since no watch tells."""

from collections.abc import Callable

from kubelab.answers.replies import Found, Nothing, Reply, Unasked, judged
from kubelab.client.objects import Object
from kubelab.conditions.build import not_there
from kubelab.errors import LabFailure
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.3
"""Seconds between two looks."""
SHOWN = 200
"""The most characters of a log that a failure quotes."""


def logs_show(pod: str, text: str, read: Callable[[], str]) -> Condition:
    """`the logs of Pod "web" show "GET /"`: what `read` returns contains the text."""

    def shown(found: Object, written: str) -> Observation:
        return Observation(text in written, f"the last lines: {written[-SHOWN:].strip()}", about=(found,))

    def observe(view: View) -> Observation:
        found = view.find("Pod", pod)
        if found is None:
            return not_there(view, "Pod", pod)
        return judged(
            _written(read),
            lambda written: shown(found, written),
            lambda said: Observation(met=False, seen=said, about=(found,)),
        )

    return Condition(f'the logs of Pod "{pod}" show "{text}"', observe, every=EVERY)


def _written(read: Callable[[], str]) -> Reply[str]:
    """The log; a container that has not started has none yet."""
    try:
        written = read()
    except LabFailure as refused:
        return Unasked(f"its logs cannot be read: {refused}")
    return Found(written) if written.strip() else Nothing("it has written nothing")
