"""A series of requests: made until it is ended or one goes wrong, and judged by all that came of them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from threading import Event

import pytest

from kubelab.answers.asking import Asking
from kubelab.answers.http import Answer
from kubelab.answers.replies import Found, Nothing, Reply, Unasked
from kubelab.answers.series import BATCH, Series, answered_throughout
from kubelab.errors import SetupTrouble
from kubelab.observation import Change, View
from kubelab.output import Output
from tests.unit.answers.test_requests import OTHER, POD, SERVED, SET, There, asked, commands, page, view

ASKING = asked()
BY_A, BY_B = (Found(Answer(200, (), f"Container hostname: {pod}")) for pod in ("web-a", "web-b"))
GONE = Change(1, 0.0, "Pod", "lab", "web-a", "uid", "DELETED", POD, POD)


@pytest.mark.parametrize(
    ("replies", "met", "seen"),
    [
        ([BY_A, BY_A], True, "web-a 2"),
        ([BY_A, Nothing("curl: (7) refused")], False, "web-a 1 · request 2 went wrong: no answer: curl: (7) refused"),
        ([BY_A, Found(Answer(503, (), "gone"))], False, "web-a 1 · request 2 went wrong: status 503: gone"),
        ([BY_A, BY_B], False, "web-a 1, web-b 1"),
        ([BY_A, Found(Answer(200, (), "hello"))], False, "no known pod 1, web-a 1"),
        ([Unasked("the Pod cannot be asked")], False, "request 1 went wrong: the Pod cannot be asked"),
    ],
)
def test_each_request_must_be_answered_by_a_pod_of_the_workload(replies: Sequence[Reply[Answer]], seen: str, *, met: bool) -> None:
    """Well, and by none of another one."""
    look = answered_throughout(ASKING, replies, "ReplicaSet", "web").observe(view(POD, OTHER, SET))

    assert (look.met, look.seen) == (met, seen)


def test_a_pod_that_is_gone_by_now_may_have_answered() -> None:
    """It is missed by nobody."""
    now = replace(view(SET), changes=[GONE])

    assert answered_throughout(ASKING, [BY_A], "ReplicaSet", "web").observe(now).met
    assert not answered_throughout(ASKING, [BY_A], "ReplicaSet", "web").observe(view(SET)).met


@pytest.mark.parametrize(("replies", "now"), [([], view(POD, SET)), ([BY_A], view(POD)), ([], View("lab"))])
def test_what_nobody_asked_or_nobody_could_answer_shows_nothing(replies: Sequence[Reply[Answer]], now: View) -> None:
    """No request, or no such workload."""
    look = answered_throughout(ASKING, replies, "ReplicaSet", "web").observe(now)

    assert (look.met, look.unseen) == (False, True)


def made(*says: Output, moments: int) -> tuple[Asking, Series]:
    """A series at a place that says these things; returned when that many of its batches have begun."""
    begun, enough = count(), Event()

    def moment() -> View:
        if next(begun) >= moments:
            enough.set()
        return view(POD, SET)

    asking = asked()
    series = Series(replace(asking, place=There(says, SERVED)), moment)
    assert enough.wait(5)
    return series.asking, series


def test_a_series_goes_on_until_it_is_ended() -> None:
    """What it has made by then counts, and a last batch."""
    asking, series = made(Output(0, page("web-a") * BATCH, ""), moments=3)

    replies = series.ended()

    assert len(replies) == BATCH * len(commands(asking)) >= BATCH * 3
    assert answered_throughout(asking, replies, "ReplicaSet", "web").observe(view(POD, SET)).met


def test_a_series_ends_with_the_first_request_that_goes_wrong() -> None:
    """Its place makes no more of the batch then, and the series none at all."""
    asking, series = made(Output(0, page("web-a") * BATCH, ""), Output(7, page("web-a") * 3, "curl: (7) refused"), moments=1)

    replies = series.ended()

    assert replies[BATCH:] == [*replies[:3], Nothing("curl: (7) refused")]
    assert len(commands(asking)) == 2


def test_what_keeps_a_series_from_being_made_is_raised_by_who_asks_for_it() -> None:
    """And by nobody else: its end may come after a failure."""

    def moment() -> View:
        raise SetupTrouble("The API server is gone.")

    series = Series(asked(page("web-a")), moment)

    series.end()
    with pytest.raises(SetupTrouble, match="API server is gone"):
        series.ended()
