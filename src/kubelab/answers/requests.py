"""Conditions on the answer to a request: that there is one, its status, body and headers, and who gives it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_
from urllib.parse import urlsplit

from kubelab.answers.answer_in_words import answer_in_words, not_answered, pod_named, serving
from kubelab.answers.asking import EVERY, Asking
from kubelab.answers.http import Answer, Request
from kubelab.answers.places import Place
from kubelab.answers.replies import Found, Nothing, Reply, Unasked, judged, unasked
from kubelab.client.objects import name
from kubelab.conditions.family import pods_of
from kubelab.observation import View
from kubelab.waiting import STEADY, Condition, Observation

REDIRECTS = range(300, 400)
"""The status codes of redirects (RFC 9110)."""


def is_answered(asking: Asking) -> Condition:
    """`the answer … comes`: there is one, whatever it says."""
    return _of_answer(asking, "comes", lambda _view, _answer: True)


def is_not_answered(asking: Asking) -> Condition:
    """`there is no answer`: no connection, no name, or a certificate that is not trusted.

    It counts only where the API server answers the same place: a place that can reach nothing would prove nothing.
    """

    def nothing(view: View, said: str) -> Observation:
        control = _asks_the_api_server(asking.place, view)
        if isinstance(control, Found):
            return Observation(met=True, seen=f"no answer: {said}", about=serving(view))
        why = control.said if isinstance(control, Nothing) else control.why
        return unasked(Unasked(f"no answer ({said}), but the API server does not answer {asking.place.words} either ({why})"))

    def observe(view: View, reply: Reply[Answer]) -> Observation:
        return judged(
            reply,
            lambda _answer: not_answered(view, reply),
            lambda said: nothing(view, said),
        )

    return replace(_of_reply(asking, f"no {asking.words.removeprefix('the ')}", observe), steady=STEADY)


def has_status(asking: Asking, status: int) -> Condition:
    """`the answer has status 404`; a status that is an error must stay so for a while."""
    found = _of_answer(asking, f"has status {status}", lambda _view, answer: answer.status == status)
    return replace(found, steady=0.0 if Answer(status).good else STEADY)


def shows(asking: Asking, text: str) -> Condition:
    """`the answer shows "Welcome"`: its body contains the text, whatever its status."""
    return _of_answer(asking, f'shows "{text}"', lambda _view, answer: text in answer.body)


def all_show(askings: Sequence[Asking], text: str) -> Condition:
    """`port 30123 of every node answers "Welcome"`: each of these does."""
    return reduce(and_, [shows(asking, text) for asking in askings])


def has_header(asking: Asking, header: str, value: str) -> Condition:
    """`the answer has the header "Location: https://node1.example.com/"`."""
    says = f'has the header "{header}: {value}"'
    return _of_answer(asking, says, lambda _view, answer: value in answer.values(header), header=header)


def redirects_to(asking: Asking, place: str) -> Condition:
    """`the answer redirects to "/app"`: status 3xx, and its Location is that URL or has that path."""

    def judge(_view: View, answer: Answer) -> bool:
        found = answer.values("Location")
        return answer.status in REDIRECTS and place in {*found, *(urlsplit(one).path for one in found)}

    return _of_answer(asking, f'redirects to "{place}"', judge, header="Location")


def sets_cookie(asking: Asking, cookie: str) -> Condition:
    """`the answer sets the cookie "btc-cookie"`."""
    return _of_answer(asking, f'sets the cookie "{cookie}"', lambda _view, answer: cookie in answer.cookies, header="Set-Cookie")


def comes_from(asking: Asking, kind: str, workload: str) -> Condition:
    """`the answer comes from a pod of ReplicaSet "web"`: its body names one of them."""

    def judge(view: View, answer: Answer) -> bool:
        owner = view.find(kind, workload)
        return owner is not None and pod_named(view, answer) in {name(pod) for pod in pods_of(view, owner)}

    return _of_answer(asking, f'comes from a pod of {kind} "{workload}"', judge)


def _asks_the_api_server(place: Place, view: View) -> Reply[Answer]:
    """Whether a place gets an answer of the cluster's API server, even if it is a refusal."""
    url = place.server(view)
    control = Asking(Request(url, unverified=True), lambda _view: url, place, "the API server")
    return control(view) if url else Unasked("its address is not known")


def _of_answer(asking: Asking, says: str, judge: Callable[[View, Answer], bool], header: str = "") -> Condition:
    def seen(view: View, answer: Answer) -> Observation:
        extra = f" · {header}: {', '.join(answer.values(header)) or 'not there'}" if header else ""
        return Observation(judge(view, answer), answer_in_words(view, str(answer)) + extra, about=serving(view))

    def observe(view: View, reply: Reply[Answer]) -> Observation:
        return seen(view, reply.what) if isinstance(reply, Found) else not_answered(view, reply)

    return _of_reply(asking, f"{asking.words} {says}", observe)


def _of_reply(asking: Asking, wording: str, observe: Callable[[View, Reply[Answer]], Observation]) -> Condition:
    """A condition on the reply to a request: first the reply at the When, then a new one at each look."""
    told = [asking.first] if asking.first else []
    return Condition(wording, lambda view: observe(view, told.pop() if told else asking(view)), every=EVERY)
