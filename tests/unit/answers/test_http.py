"""Requests as arguments of curl, and curl's output as answers."""

import pytest

from kubelab.answers.http import END, TRUSTING, Answer, Request, replies
from kubelab.answers.replies import Found, Nothing, Unasked
from kubelab.output import Output


def test_a_request_is_curl_with_a_connection_of_its_own() -> None:
    """As many times as asked, and without a proxy."""
    words = Request("http://web/").command(2)

    assert words[0] == "curl"
    assert words[-2:] == ["http://web/", "http://web/"]
    assert {"Connection: close", "--noproxy"} <= set(words)
    assert not {"--resolve", "--rate"} & set(words)


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        ("http://node1.example.com/", "node1.example.com:80:10.0.0.11"),
        ("https://node1.example.com/app", "node1.example.com:443:10.0.0.11"),
        ("http://node1.example.com:30100/", "node1.example.com:30100:10.0.0.11"),
    ],
)
def test_a_host_with_an_address_of_ours_is_not_looked_up(url: str, resolved: str) -> None:
    """For the port of the URL."""
    words = Request(url, {"node1.example.com": "10.0.0.11"}).command()

    assert words[words.index("--resolve") + 1] == resolved


def test_requests_may_be_made_some_time_apart() -> None:
    """By curl's --rate: a number per hour."""
    words = Request("http://web/").command(3, 2)

    assert words[words.index("--rate") + 1] == "1800/h"


def test_a_certificate_goes_along_in_the_words() -> None:
    """As text in the arguments: curl may run where there is no file."""
    assert Request("https://web/", authority="PEM").command()[:5] == ["sh", "-c", TRUSTING, "sh", "PEM"]


def test_answers_are_told_apart_and_read() -> None:
    """Status, headers in any case, cookies, body; a 100 Continue is skipped."""
    first = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nset-cookie: a=1; Path=/\r\nX-Who: me: you\r\n\r\nhello\n\nworld"
    second = "HTTP/2 404\n\n"

    found = replies(Output(0, f"{first}\n{END}\n{second}\n{END}\n", ""), 2)
    one, two = (reply.what for reply in found if isinstance(reply, Found))

    assert (one.status, one.body, one.cookies, one.values("x-who")) == (200, "hello\n\nworld", {"a": "1"}, ["me: you"])
    assert (two.status, two.good, str(two)) == (404, False, "status 404: an empty page")


def test_where_there_is_no_answer_curl_says_why() -> None:
    """Also for answers that are missing at the end."""
    refused, missing = replies(Output(7, f"\n{END}\n", "note\ncurl: (7) Failed to connect\n"), 2)

    assert refused == missing == Nothing("curl: (7) Failed to connect")


@pytest.mark.parametrize(
    ("output", "why"),
    [
        (Output(3, "", "curl: (3) URL using bad/illegal format"), "curl: (3) URL using bad/illegal format"),
        (Output(2, "", ""), "curl ended with exit code 2 and said nothing"),
        (Output(0, "", ""), "curl ended with exit code 0 and said nothing"),
        (Output(0, "garbage", "note"), "note"),
    ],
)
def test_a_request_that_was_not_made_is_not_an_unanswered_one(output: Output, why: str) -> None:
    """Whoever reports it: it proves nothing about the server."""
    assert replies(output) == [Unasked(f"the request could not be made: {why}")]


def test_a_long_body_is_cut_short() -> None:
    """A failure stays readable."""
    assert str(Answer(200, body="x" * 500)) == f"status 200: {'x' * 200} …"
