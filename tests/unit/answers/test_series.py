"""A series of requests: made until it is ended or one fails, and judged by all of the results."""

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
    """With a good page, and by no Pod of another workload."""
    look = answered_throughout(ASKING, replies, "ReplicaSet", "web").observe(view(POD, OTHER, SET))

    assert (look.met, look.seen) == (met, seen)


def test_a_pod_that_is_gone_by_now_may_have_answered() -> None:
    """If the watch has seen the Pod and its deletion."""
    now = replace(view(SET), changes=[GONE])

    assert answered_throughout(ASKING, [BY_A], "ReplicaSet", "web").observe(now).met
    assert not answered_throughout(ASKING, [BY_A], "ReplicaSet", "web").observe(view(SET)).met


@pytest.mark.parametrize(("replies", "now"), [([], view(POD, SET)), ([BY_A], view(POD)), ([], View("lab"))])
def test_without_a_request_or_a_workload_nothing_is_shown(replies: Sequence[Reply[Answer]], now: View) -> None:
    """No request, or no such workload."""
    look = answered_throughout(ASKING, replies, "ReplicaSet", "web").observe(now)

    assert (look.met, look.unseen) == (False, True)


def made(*says: Output, moments: int) -> tuple[Asking, Series]:
    """A series at a place with these outputs; returned when that many of its batches have begun."""
    begun, enough = count(), Event()

    def moment() -> View:
        if next(begun) >= moments:
            enough.set()
        return view(POD, SET)

    asking = asked()
    series = Series(replace(asking, place=There(says, SERVED)), moment)
    assert enough.wait(30)
    return series.asking, series


def test_a_series_goes_on_until_it_is_ended() -> None:
    """The requests made by then count, and a last batch."""
    asking, series = made(Output(0, page("web-a") * BATCH, ""), moments=3)

    replies = series.ended()

    assert len(replies) == BATCH * len(commands(asking)) >= BATCH * 3
    assert answered_throughout(asking, replies, "ReplicaSet", "web").observe(view(POD, SET)).met


def test_a_series_ends_with_the_first_request_that_goes_wrong() -> None:
    """The place makes no more requests of the batch, and the series none at all."""
    asking, series = made(Output(0, page("web-a") * BATCH, ""), Output(7, page("web-a") * 3, "curl: (7) refused"), moments=1)

    replies = series.ended()

    assert replies[BATCH:] == [*replies[:3], Nothing("curl: (7) refused")]
    assert len(commands(asking)) == 2


def test_an_error_of_a_series_is_raised_when_its_result_is_read() -> None:
    """And nowhere else: the series may end after a failure."""

    def moment() -> View:
        raise SetupTrouble("The API server is gone.")

    series = Series(asked(page("web-a")), moment)

    series.end()
    with pytest.raises(SetupTrouble, match="API server is gone"):
        series.ended()
