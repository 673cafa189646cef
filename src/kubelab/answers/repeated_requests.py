"""The same request made several times: how many different pods answer, and whether all are answered."""

from collections import Counter
from collections.abc import Callable, Sequence

from kubelab.answers.answer_in_words import endpoints_in_words, not_answered, pod_named, serving
from kubelab.answers.asking import EVERY, Asking
from kubelab.answers.http import Answer
from kubelab.answers.replies import Found, Unasked, unasked
from kubelab.observation import View
from kubelab.waiting import STEADY, Condition, Observation


def answered_by(
    asking: Asking, times: int, fits: Callable[[int], bool], says: str, apart: float = 0.0, *, cookies: bool = False
) -> Condition:
    """`10 such requests are answered by 3 pods`: all are answered, by that number of different pods, by the names in their bodies."""

    def observe(view: View) -> Observation:
        replies = (asking.with_cookies(view) if cookies else asking).repeated(view, times, apart)
        answers = [reply.what for reply in replies if isinstance(reply, Found)]
        failed = [reply for reply in replies if not (isinstance(reply, Found) and reply.what.good)]
        if failed:
            return not_answered(view, failed[0])
        pods = Counter(filter(None, (pod_named(view, answer) for answer in answers)))
        met, told = fits(len(pods)) and pods.total() == times, _shares(view, pods, answers)
        counted = pods + Counter({"": len(answers) - pods.total()})
        return Observation(met, told, about=serving(view), answers=(asking.whom, counted))

    wording = f"{times} requests of {asking.whom} {asking.place.words} are answered by {says}"
    return Condition(wording, observe, steady=STEADY if fits(1) else 0.0, every=EVERY)  # the same Pod may be chosen by chance


def answered_in_part(asking: Asking, times: int) -> Condition:
    """`of 30 such requests some are answered and some are not`: they end with the first that is not, and one before it was.

    It is so twice in a row: a single request may also be lost in a network that is busy.
    """

    def observe(view: View) -> Observation:
        replies = asking.repeated(view, times)
        answered = sum(isinstance(reply, Found) for reply in replies)
        if replies and isinstance(replies[-1], Unasked):
            return unasked(replies[-1])
        told = f"{answered} were answered{', then one was not' if answered < len(replies) else ''} {endpoints_in_words(view)}"
        return Observation(0 < answered < len(replies), told, about=serving(view))

    wording = f"of {times} requests of {asking.whom} {asking.place.words} some are answered and some are not"
    return Condition(wording, observe, steady=EVERY, every=EVERY)


def _shares(view: View, pods: Counter[str], answers: Sequence[Answer]) -> str:
    """How often each pod answered."""
    nameless = len(answers) - pods.total()
    told = [f"{pod} {count}" for pod, count in sorted(pods.items())]
    others = [f"{nameless} that name no pod, such as {answers[0]}"] if nameless else []
    return f"{', '.join([*told, *others])} {endpoints_in_words(view)}".strip()
