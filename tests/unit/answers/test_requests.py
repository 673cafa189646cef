"""Requests and their answers: what is requested where, and what a failure says about it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from kubelab.answers import repeated_requests, requests, targets
from kubelab.answers.asking import Asking
from kubelab.answers.http import END, Request
from kubelab.answers.replies import Unasked
from kubelab.answers.targets import Target
from kubelab.observation import View
from kubelab.output import Output
from kubelab.waiting import Condition

POD = {
    "kind": "Pod",
    "metadata": {"name": "web-a", "namespace": "lab", "labels": {"app": "web"}, "ownerReferences": [{"uid": "set", "controller": True}]},
    "status": {"podIP": "10.244.1.2"},
}
OTHER = {**POD, "metadata": {"name": "web-b", "namespace": "lab", "labels": {"app": "web"}}}
SET = {"kind": "ReplicaSet", "metadata": {"name": "web", "namespace": "lab", "uid": "set"}}
SERVICE = {
    "kind": "Service",
    "metadata": {"name": "web", "namespace": "lab"},
    "spec": {"clusterIP": "10.96.0.7", "selector": {"app": "web"}},
}
CONTROLLER = {
    "kind": "Deployment",
    "metadata": {"name": "controller", "namespace": "ingress"},
    "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "controller"}}},
}
URL = targets.url("http://web/")


def view(*objects: dict[str, Any]) -> View:
    """The view with these objects."""
    return View("lab", {(one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one for one in objects})


def page(body: str, status: str = "200 OK", *headers: str) -> str:
    """An answer as curl writes it."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", body]) + f"\n{END}\n"


@dataclass
class There:
    """A place whose commands have these outputs, one after the other, the last one repeated; the API server answers for itself."""

    says: Sequence[Output | Unasked]
    server_says: Output | Unasked
    words: str = "from there"
    known_name: str = "localhost"
    commands: list[Sequence[str]] = field(default_factory=list)

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output | Unasked:
        """Record the command."""
        assert seconds > 3
        if argv[-1] == self.server(view):
            return self.server_says
        self.commands.append(argv)
        return self.says[min(len(self.commands), len(self.says)) - 1]

    def server(self, _view: View) -> str:
        """The API server's URL."""
        return "https://api/version"


SERVED = Output(0, page("{}", "403 Forbidden"), "")


def asked(*pages: str | Unasked, target: Target = URL, err: str = "", server: Output | Unasked = SERVED, code: int = 7) -> Asking:
    """A request that gets these pages, one after the other."""
    there = There([one if isinstance(one, Unasked) else Output(code if err or not one else 0, one, err) for one in pages], server)
    return Asking(Request("http://web/"), target, there, "http://web/")


def commands(made: Asking) -> list[Sequence[str]]:
    """The commands that were run for it."""
    assert isinstance(made.place, There)
    return made.place.commands


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (requests.is_answered(asked(page(""))), True),
        (requests.is_answered(asked("", err="curl: (7) refused")), False),
        (requests.is_not_answered(asked("", err="curl: (7) refused")), True),
        (requests.is_not_answered(asked(page("here"))), False),
        (requests.has_status(asked(page("no", "404 Not Found")), 404), True),
        (requests.has_status(asked(page("yes")), 404), False),
        (requests.shows(asked(page("Welcome to nginx!")), "Welcome"), True),
        (requests.shows(asked(page("It works!")), "Welcome"), False),
        (requests.shows(asked(page("nobody here", "404 Not Found")), "nobody"), True),
        (requests.shows(asked("", err="curl: (7) refused"), ""), False),
        (requests.redirects_to(asked(page("", "302 Found", "Location: http://web/app")), "/app"), True),
        (requests.redirects_to(asked(page("", "302 Found", "Location: /app")), "/app"), True),
        (requests.redirects_to(asked(page("", "302 Found", "Location: /other")), "/app"), False),
        (requests.redirects_to(asked(page("", "200 OK", "Location: /app")), "/app"), False),
        (requests.has_header(asked(page("", "302 Found", "location: /here")), "Location", "/here"), True),
        (requests.has_header(asked(page("", "302 Found", "location: /there")), "Location", "/here"), False),
        (requests.sets_cookie(asked(page("", "200 OK", "Set-Cookie: btc=1; Path=/")), "btc"), True),
        (requests.sets_cookie(asked(page("", "200 OK", "Set-Cookie: other=1")), "btc"), False),
        (requests.comes_from(asked(page("Container Hostname: web-a")), "ReplicaSet", "web"), True),
        (requests.comes_from(asked(page("Container Hostname: web-b")), "ReplicaSet", "web"), False),
        (requests.comes_from(asked(page("web-a")), "ReplicaSet", "none"), False),
        (requests.all_show([asked(page("yes")), asked(page("yes"))], "yes"), True),
        (requests.all_show([asked(page("yes")), asked(page("no"))], "yes"), False),
    ],
)
def test_what_an_answer_may_be_expected_to_be(condition: Condition, *, met: bool) -> None:
    """Each with an answer that meets it and one that does not."""
    assert condition.observe(view(POD, OTHER, SET)).met is met


def test_the_answer_of_the_when_is_judged_first_and_then_it_is_asked_again() -> None:
    """A request shows in a log once, unless its answer was not as expected."""
    made = asked(page("not yet"), page("now")).made(view())

    condition = requests.shows(made, "now")

    assert [condition.observe(view()).met for _ in range(2)] == [False, True]
    assert len(commands(made)) == 2


def test_a_failure_tells_the_answer_the_endpoints_and_whose_fault_it_may_be() -> None:
    """In one line, and with the objects behind it."""
    look = requests.shows(asked("", err="curl: (7) Failed to connect"), "hello").observe(view(SERVICE, POD, CONTROLLER))

    assert look.seen == (
        'no answer: curl: (7) Failed to connect · Deployment "controller" of namespace "ingress" has no ready pod (0 wanted)'
        " · (endpoints: web none)"
    )
    assert look.about == (SERVICE, POD)


def test_a_missing_header_is_told_by_its_name() -> None:
    """With the headers that are there."""
    look = requests.has_header(asked(page("moved", "301 Moved", "Location: /b")), "Location", "/a").observe(view())

    assert look.seen == "status 301: moved · no pods · Location: /b"


ASKED = asked(page(""))


@pytest.mark.parametrize(
    ("condition", "steady"),
    [
        (requests.is_not_answered(ASKED), True),
        (requests.has_status(ASKED, 404), True),
        (requests.has_status(ASKED, 301), False),
        (requests.is_answered(ASKED), False),
        (repeated_requests.answered_by(ASKED, 10, lambda pods: pods == 1, "1 pod"), True),
        (repeated_requests.answered_by(ASKED, 10, lambda pods: pods > 1, "more than one pod"), False),
        (repeated_requests.answered_in_part(ASKED, 10), True),
    ],
)
def test_what_may_only_not_have_happened_yet_must_stay_so(condition: Condition, *, steady: bool) -> None:
    """No answer, an error, and what may be a matter of chance."""
    assert (condition.steady > 0) is steady


@pytest.mark.parametrize(("times", "pods", "met"), [(2, 2, True), (2, 1, False)])
def test_how_many_pods_answer(times: int, pods: int, *, met: bool) -> None:
    """The Pods are named."""
    made = asked(page("I am web-a") + page("I am web-b"))

    look = repeated_requests.answered_by(made, times, lambda found: found == pods, f"{pods} pods").observe(view(POD, OTHER))

    assert look.met is met
    assert look.seen.startswith("web-a 1, web-b 1")


def test_an_answer_without_a_pod_counts_for_no_pod() -> None:
    """The answer is shown."""
    nameless = repeated_requests.answered_by(asked(page("hello") + page("web-a")), 2, lambda _: True, "any").observe(view(POD))
    failed = repeated_requests.answered_by(asked(page("web-a"), err="curl: (28) timed out"), 2, lambda _: True, "any").observe(view(POD))

    assert (nameless.met, failed.met) == (False, False)
    assert "web-a 1, 1 that name no pod, such as status 200: hello" in nameless.seen
    assert failed.seen.startswith("no answer: curl: (28) timed out")


def test_cookies_are_sent_back() -> None:
    """The cookies of the answer just before."""
    made = asked(page("web-a", "200 OK", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2"), page("web-a"))

    look = repeated_requests.answered_by(made, 1, lambda pods: pods == 1, "1 pod", cookies=True).observe(view(POD))

    assert look.met
    assert "Cookie: a=1; b=2" in commands(made)[1]
    assert "Cookie: a=1; b=2" not in commands(made)[0]


@pytest.mark.parametrize(
    ("made", "seen"),
    [
        (asked(Unasked('no Pod "client"')), 'no Pod "client"'),
        (asked("", err="curl: (3) URL rejected", code=3), "the request could not be made: curl: (3) URL rejected"),
        (asked("", target=targets.of_object("Pod", "none", 80)), 'no Pod "none"'),
        (
            asked("", err="curl: (7) refused", server=Output(7, "", "curl: (7) no route")),
            "no answer (curl: (7) refused), but the API server does not answer from there either (curl: (7) no route)",
        ),
        (
            asked("", err="curl: (28) timed out", server=Unasked("it is not ready")),
            "no answer (curl: (28) timed out), but the API server does not answer from there either (it is not ready)",
        ),
    ],
)
def test_a_place_that_cannot_be_asked_shows_no_silence(made: Asking, seen: str) -> None:
    """Nor does a place from which no server at all is reached."""
    look = requests.is_not_answered(made).observe(view())

    assert (look.met, look.unseen) == (False, True)
    assert look.seen.startswith(seen)
    assert not (~requests.is_answered(made)).observe(view()).met or "API server" in seen


def test_a_request_has_no_more_time_than_its_sentence() -> None:
    """But at least one second."""
    made = asked(page(""))

    for left in (math.inf, 2.0, 0.0):
        requests.is_answered(made).observe(replace(view(), left=left))

    assert [argv[argv.index("-m") + 1] for argv in commands(made)] == ["3", "2", "1"]


def test_the_reason_why_nothing_can_be_asked_replaces_the_answer() -> None:
    """And nothing is run."""
    made = asked(page(""), target=targets.of_object("Pod", "none", 80))

    look = requests.is_answered(made).observe(view(SERVICE))

    assert (look.met, look.seen) == (False, 'no Pod "none" · (endpoints: web none)')
    assert look.missing == ("Pod", "none")
    assert commands(made) == []


@pytest.mark.parametrize(
    ("made", "met", "seen"),
    [
        (asked(page("yes") * 2, err="curl: (7) refused"), True, "2 were answered, then one was not no pods"),
        (asked(page("yes") * 3), False, "3 were answered no pods"),
        (asked("", err="curl: (7) refused"), False, "0 were answered, then one was not no pods"),
        (asked(Unasked("no Pod")), False, "no Pod"),
    ],
)
def test_some_requests_may_be_answered_and_some_not(made: Asking, seen: str, *, met: bool) -> None:
    """A request that could not be made is not an unanswered one."""
    look = repeated_requests.answered_in_part(made, 3).observe(view())

    assert (look.met, look.seen) == (met, seen)
