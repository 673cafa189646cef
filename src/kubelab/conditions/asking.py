"""Asking: a request, whom it is made to and from where, and all that its answers may be expected to be."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from urllib.parse import urlsplit

from kubelab.client.objects import Object, name
from kubelab.conditions import http
from kubelab.conditions.family import pods_of
from kubelab.conditions.http import Answer, Request
from kubelab.conditions.infrastructure import troubles
from kubelab.conditions.places import Place
from kubelab.conditions.services import endpoints, selected
from kubelab.conditions.targets import Target
from kubelab.conditions.words import pods_in_words
from kubelab.errors import LabFailure
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.3
"""Seconds between two requests."""
REDIRECTS = range(300, 400)
"""The status codes of RFC 9110 that send the client elsewhere."""
SLACK = 5
"""Seconds that getting to a place may take."""


@dataclass(frozen=True)
class Asking:
    """A request as the sentences after it speak of it: `whom` it is made to, and the `first` answer that it got when it was made."""

    request: Request
    target: Target
    place: Place
    whom: str
    first: Answer | None = None

    def __call__(self, view: View, times: int = 1, apart: float = 0.0) -> list[Answer]:
        """Make it so many times; where it cannot be made, the reason stands for every answer."""
        try:
            request = replace(self.request, url=self.target(view))
        except LabFailure as nowhere:
            return [Answer(problem=str(nowhere))] * times
        limit = times * (http.PATIENCE + apart) + SLACK
        return http.answers(self.place.run(view, request.command(times, apart), limit), times)

    def made(self, view: View) -> "Asking":
        """The same, made once."""
        return replace(self, first=self(view)[0])

    def with_cookies(self, view: View) -> "Asking":
        """The same by someone who has kept the cookies of an answer that came first."""
        cookies = self(view)[0].cookies
        return replace(self, request=replace(self.request, cookies="; ".join(f"{key}={value}" for key, value in cookies.items())))

    @property
    def words(self) -> str:
        """`the answer of http://web from a node`."""
        return f"the answer of {self.whom} {self.place.words}"


def is_answered(asking: Asking) -> Condition:
    """`the answer …` is there at all, whatever it says."""
    return _of_answer(asking, "comes", lambda _view, answer: answer.status > 0)


def is_not_answered(asking: Asking) -> Condition:
    """`there is no answer`: no connection, no name, or a certificate that is not trusted."""
    return _of_answer(asking, "does not come", lambda _view, answer: answer.status == 0)


def has_status(asking: Asking, status: int) -> Condition:
    """`the answer has status 404`."""
    return _of_answer(asking, f"has status {status}", lambda _view, answer: answer.status == status)


def shows(asking: Asking, text: str) -> Condition:
    """`the answer shows "Welcome"`: its body has the text in it, whatever its status."""
    return _of_answer(asking, f'shows "{text}"', lambda _view, answer: answer.status > 0 and text in answer.body)


def all_show(askings: Sequence[Asking], text: str) -> Condition:
    """`port 30123 of every node answers "Welcome"`: each of these does."""
    return reduce(and_, [shows(asking, text) for asking in askings])


def has_header(asking: Asking, header: str) -> Condition:
    """`the answer has the header "Location: https://node1.example.com/"`."""
    key, _, value = (part.strip() for part in header.partition(":"))
    return _of_answer(asking, f'has the header "{header}"', lambda _view, answer: value in answer.values(key), header=key)


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
        answers = (asking.with_cookies(view) if cookies else asking)(view, times, apart)
        pods = Counter(filter(None, (pod_named(view, answer) for answer in answers)))
        failed = [answer for answer in answers if not answer.good]
        nameless = f"{len(answers) - pods.total()} that name no pod, such as {answers[0]}" if not failed and pods.total() < times else ""
        told = ", ".join(filter(None, [*(f"{pod} {count}" for pod, count in sorted(pods.items())), nameless]))
        seen = _seen(view, failed[0]) if failed else f"{told} {_endpoints(view)}".strip()
        return Observation(fits(len(pods)) and pods.total() == times, seen, about=_serving(view))

    return Condition(f"{times} requests of {asking.whom} {asking.place.words} are answered by {says}", observe, every=EVERY)


def pod_named(view: View, answer: Answer) -> str:
    """The name of the Pod that the body names, empty for none."""
    names = [name(pod) for pod in view.objects("Pod") if re.search(rf"(?<![a-z0-9-]){re.escape(name(pod))}(?![a-z0-9-])", answer.body)]
    return max(names, key=len, default="")


def _of_answer(asking: Asking, says: str, judge: Callable[[View, Answer], bool], header: str = "") -> Condition:
    told = [asking.first] if asking.first else []

    def observe(view: View) -> Observation:
        answer = told.pop() if told else asking(view)[0]
        extra = f" · {header}: {', '.join(answer.values(header)) or 'not there'}" if header and answer.status else ""
        return Observation(judge(view, answer), _seen(view, answer) + extra, about=_serving(view))

    return Condition(f"{asking.words} {says}", observe, every=EVERY)


def _seen(view: View, answer: Answer) -> str:
    """The answer, and what of those that should have given it is not as it should be."""
    return " · ".join(filter(None, [str(answer), *troubles(view), _endpoints(view)]))


def _endpoints(view: View) -> str:
    found = {name(service): len(endpoints(view, name(service))) for service in view.objects("Service")}
    told = ", ".join(f"{service} {count or 'none'}" for service, count in found.items())
    return f"(endpoints: {told})" if told else pods_in_words(view.objects("Pod"))


def _serving(view: View) -> Sequence[Object]:
    services = view.objects("Service")
    behind = [pod for service in services for pod in selected(view, [service])]
    return (*services, *view.objects("Ingress"), *(behind or view.objects("Pod")))
