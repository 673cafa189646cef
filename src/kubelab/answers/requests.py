"""Asking: a request, whom it is made to and from where, and all that its answers may be expected to be."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from urllib.parse import urlsplit

from kubelab.answers import http
from kubelab.answers.http import Answer, Request
from kubelab.answers.places import Place
from kubelab.answers.replies import Found, Nothing, Reply, Unasked, judged, unasked
from kubelab.answers.targets import Nowhere, Target
from kubelab.client.objects import Object, name
from kubelab.conditions.family import pods_of
from kubelab.conditions.in_words import pods_in_words
from kubelab.conditions.infrastructure import troubles
from kubelab.conditions.services import endpoints, selected
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.3
"""Seconds between two requests."""
REDIRECTS = range(300, 400)
"""The status codes of RFC 9110 that send the client elsewhere."""
SLACK = 5
"""Seconds that getting to a place may take."""
LEAST = 1.0
"""Seconds that a request has in any case, however little time its sentence has left."""


@dataclass(frozen=True)
class Asking:
    """A request as the sentences after it speak of it: `whom` it is made to, and what came `first`, when it was made."""

    request: Request
    target: Target
    place: Place
    whom: str
    first: Reply[Answer] | None = None

    def __call__(self, view: View) -> Reply[Answer]:
        """Make it."""
        return self.repeated(view, 1)[0]

    def repeated(self, view: View, times: int, apart: float = 0.0) -> list[Reply[Answer]]:
        """Make it so many times; where it cannot be made, that stands for every answer."""
        try:
            request = replace(self.request, url=self.target(view))
        except Nowhere as nowhere:
            return [Unasked(str(nowhere), missing=nowhere.missing)] * times
        patience = min(http.PATIENCE, max(view.left, LEAST))
        output = self.place.run(view, request.command(times, apart, patience), times * (patience + apart) + SLACK)
        return [output] * times if isinstance(output, Unasked) else http.replies(output, times)

    def made(self, view: View) -> "Asking":
        """The same, made once."""
        return replace(self, first=self(view))

    def with_cookies(self, view: View) -> "Asking":
        """The same by someone who has kept the cookies of an answer that came first."""
        reply = self(view)
        cookies = reply.what.cookies if isinstance(reply, Found) else {}
        return replace(self, request=replace(self.request, cookies="; ".join(f"{key}={value}" for key, value in cookies.items())))

    @property
    def words(self) -> str:
        """`the answer of http://web from a node`."""
        return f"the answer of {self.whom} {self.place.words}"


def is_answered(asking: Asking) -> Condition:
    """`the answer …` is there at all, whatever it says."""
    return _of_answer(asking, "comes", lambda _view, _answer: True)


def is_not_answered(asking: Asking) -> Condition:
    """`there is no answer`: no connection, no name, or a certificate that is not trusted.

    It counts only where the same place is answered by the cluster's API server: a place from which nobody is reached shows nothing.
    """

    def nothing(view: View, said: str) -> Observation:
        control = _asks_the_api_server(asking.place, view)
        if isinstance(control, Found):
            return Observation(met=True, seen=f"no answer: {said}", about=_serving(view))
        why = control.said if isinstance(control, Nothing) else control.why
        return unasked(Unasked(f"no answer ({said}), but the API server does not answer {asking.place.words} either ({why})"))

    def observe(view: View, reply: Reply[Answer]) -> Observation:
        return judged(
            reply,
            lambda _answer: _not_answered(view, reply),
            lambda said: nothing(view, said),
        )

    return _of_reply(asking, f"no {asking.words.removeprefix('the ')}", observe)


def has_status(asking: Asking, status: int) -> Condition:
    """`the answer has status 404`."""
    return _of_answer(asking, f"has status {status}", lambda _view, answer: answer.status == status)


def shows(asking: Asking, text: str) -> Condition:
    """`the answer shows "Welcome"`: its body has the text in it, whatever its status."""
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


def answered_by(
    asking: Asking, times: int, fits: Callable[[int], bool], says: str, apart: float = 0.0, *, cookies: bool = False
) -> Condition:
    """`10 such requests are answered by 3 pods`: all are answered, by so many different pods, told by their names in the bodies."""

    def observe(view: View) -> Observation:
        replies = (asking.with_cookies(view) if cookies else asking).repeated(view, times, apart)
        answers = [reply.what for reply in replies if isinstance(reply, Found)]
        failed = [reply for reply in replies if not (isinstance(reply, Found) and reply.what.good)]
        if failed:
            return _not_answered(view, failed[0])
        pods = Counter(filter(None, (pod_named(view, answer) for answer in answers)))
        return Observation(fits(len(pods)) and pods.total() == times, _shares(view, pods, answers), about=_serving(view))

    return Condition(f"{times} requests of {asking.whom} {asking.place.words} are answered by {says}", observe, every=EVERY)


def answered_in_part(asking: Asking, times: int) -> Condition:
    """`of 30 such requests some are answered and some are not`: the first that is not ends them, and one before it was."""

    def observe(view: View) -> Observation:
        replies = asking.repeated(view, times)
        answered = sum(isinstance(reply, Found) for reply in replies)
        if replies and isinstance(replies[-1], Unasked):
            return unasked(replies[-1])
        told = f"{answered} were answered{', then one was not' if answered < len(replies) else ''} {_endpoints(view)}"
        return Observation(0 < answered < len(replies), told, about=_serving(view))

    return Condition(f"of {times} requests of {asking.whom} {asking.place.words} some are answered and some are not", observe, every=EVERY)


def pod_named(view: View, answer: Answer) -> str:
    """The name of the Pod that the body names, empty for none."""
    names = [name(pod) for pod in view.objects("Pod") if re.search(rf"(?<![a-z0-9-]){re.escape(name(pod))}(?![a-z0-9-])", answer.body)]
    return max(names, key=len, default="")


def _asks_the_api_server(place: Place, view: View) -> Reply[Answer]:
    """Whether a place gets any answer at all: that of the cluster's API server, even if it refuses."""
    url = place.server(view)
    control = Asking(Request(url, unverified=True), lambda _view: url, place, "the API server")
    return control(view) if url else Unasked("its address is not known")


def _of_answer(asking: Asking, says: str, judge: Callable[[View, Answer], bool], header: str = "") -> Condition:
    def seen(view: View, answer: Answer) -> Observation:
        extra = f" · {header}: {', '.join(answer.values(header)) or 'not there'}" if header else ""
        return Observation(judge(view, answer), _seen(view, str(answer)) + extra, about=_serving(view))

    def observe(view: View, reply: Reply[Answer]) -> Observation:
        return seen(view, reply.what) if isinstance(reply, Found) else _not_answered(view, reply)

    return _of_reply(asking, f"{asking.words} {says}", observe)


def _of_reply(asking: Asking, wording: str, observe: Callable[[View, Reply[Answer]], Observation]) -> Condition:
    """A condition on what comes of a request: first that of the When, then it is made anew at each look."""
    told = [asking.first] if asking.first else []
    return Condition(wording, lambda view: observe(view, told.pop() if told else asking(view)), every=EVERY)


def _not_answered(view: View, reply: Reply[Answer]) -> Observation:
    """The observation of a request without a good answer, for sentences that want one."""
    look = judged(
        reply,
        lambda answer: Observation(met=False, seen=str(answer)),
        lambda said: Observation(met=False, seen=f"no answer: {said}"),
    )
    return replace(look, seen=_seen(view, look.seen), about=_serving(view))


def _shares(view: View, pods: Counter[str], answers: Sequence[Answer]) -> str:
    """How often each pod answered."""
    nameless = len(answers) - pods.total()
    told = [f"{pod} {count}" for pod, count in sorted(pods.items())]
    others = [f"{nameless} that name no pod, such as {answers[0]}"] if nameless else []
    return f"{', '.join([*told, *others])} {_endpoints(view)}".strip()


def _seen(view: View, told: str) -> str:
    """The answer, and what of those that should have given it is not as it should be."""
    return " · ".join(filter(None, [told, *troubles(view), _endpoints(view)]))


def _endpoints(view: View) -> str:
    found = {name(service): len(endpoints(view, name(service))) for service in view.objects("Service")}
    told = ", ".join(f"{service} {count or 'none'}" for service, count in found.items())
    return f"(endpoints: {told})" if told else pods_in_words(view.objects("Pod"))


def _serving(view: View) -> Sequence[Object]:
    services = view.objects("Service")
    behind = [pod for service in services for pod in selected(view, [service])]
    return (*services, *view.objects("Ingress"), *(behind or view.objects("Pod")))
