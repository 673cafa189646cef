"""A series of requests, made in the background from one sentence to another: whether all were answered, and by whom."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

from kubelab.answers.answer_in_words import pod_named
from kubelab.answers.asking import Asking
from kubelab.answers.http import Answer
from kubelab.answers.replies import Found, Nothing, Reply, Unasked, unasked
from kubelab.client.objects import name
from kubelab.conditions.build import not_there
from kubelab.conditions.family import pods_of
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

BATCH = 20
"""Requests that a place makes in one go."""
APART = 0.05
"""Seconds between the starts of two requests of a batch."""


class Series:
    """Requests made again and again, until the series is ended or one of them gets no answer or an error.

    `view` gives the view at which a batch is made.
    """

    def __init__(self, asking: Asking, view: Callable[[], View]) -> None:
        self.asking = asking
        self.view = view
        self._over = Event()
        self._thread = ThreadPoolExecutor(1, "requests")
        self._made = self._thread.submit(self._go_on)

    def ended(self) -> Sequence[Reply[Answer]]:
        """The reply to each request, after a last batch was made. Raises what kept them from being made."""
        self.end()
        return self._made.result()

    def end(self) -> None:
        """Make the last batch, and wait for it."""
        self._over.set()
        self._thread.shutdown()

    def _go_on(self) -> Sequence[Reply[Answer]]:
        replies, over = list[Reply[Answer]](), False
        while not over and all(map(_is_good, replies[-1:])):
            over = self._over.is_set()
            replies += _to_the_first_bad(self.asking.repeated(self.view(), BATCH, APART))
        return replies


def answered_throughout(asking: Asking, replies: Sequence[Reply[Answer]], kind: str, workload: str) -> Condition:
    """`throughout, every request was answered by a pod of Deployment "web"`: by one that it has or had."""

    def observe(view: View) -> Observation:
        ever = _ever(view)
        owner = ever.find(kind, workload)
        if owner is None:
            return not_there(view, kind, workload)
        if not replies:
            return unasked(Unasked("no request was made"))
        shares = _shares(ever, replies)
        met = shares.total() == len(replies) and shares.keys() <= {name(pod) for pod in pods_of(ever, owner)}
        about = (owner, *view.objects("Service"), *pods_of(view, owner))
        return Observation(met, _told(replies, shares), about=about, answers=(asking.whom, shares))

    wording = f'throughout, every request of {asking.whom} {asking.place.words} was answered by a pod of {kind} "{workload}"'
    return Condition(wording, observe, declared=True)


def _is_good(reply: Reply[Answer]) -> bool:
    return isinstance(reply, Found) and reply.what.good


def _to_the_first_bad(replies: Sequence[Reply[Answer]]) -> Sequence[Reply[Answer]]:
    """The replies up to the first bad one: after it, the place made no more requests."""
    bad = next((number for number, reply in enumerate(replies, 1) if not _is_good(reply)), len(replies))
    return replies[:bad]


def _ever(view: View) -> View:
    """All objects as they were last seen: one that is gone by now may have answered too."""
    gone = {(change.kind, change.namespace, change.name): change.object for change in view.changes}
    return replace(view, objects_by_key={**gone, **view.objects_by_key})


def _shares(ever: View, replies: Sequence[Reply[Answer]]) -> Counter[str]:
    """How many requests each pod answered well; answers that name no pod are under the empty name."""
    return Counter(pod_named(ever, reply.what) for reply in replies if isinstance(reply, Found) and reply.what.good)


def _told(replies: Sequence[Reply[Answer]], shares: Counter[str]) -> str:
    """Which pod answered how many, and the last request, if it went wrong."""
    told = ", ".join(f"{pod or 'no known pod'} {count}" for pod, count in sorted(shares.items()))
    last = "" if _is_good(replies[-1]) else f"request {len(replies)} went wrong: {_words(replies[-1])}"
    return " · ".join(filter(None, [told, last]))


def _words(reply: Reply[Answer]) -> str:
    match reply:
        case Found(answer):
            return str(answer)
        case Nothing(said):
            return f"no answer: {said}"
        case Unasked(why):
            return why
