"""Requests as words of curl, and what curl wrote as answers."""

import pytest

from kubelab.clusters.process import Output
from kubelab.conditions.http import END, TRUSTING, Answer, Request, answers


def test_a_request_is_curl_with_a_connection_of_its_own() -> None:
    """So many times, and no proxy between."""
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
    """In curl's rate: so many an hour."""
    words = Request("http://web/").command(3, 2)

    assert words[words.index("--rate") + 1] == "1800/h"


def test_a_certificate_goes_along_in_the_words() -> None:
    """There is no file to name where curl runs."""
    assert Request("https://web/", authority="PEM").command()[:5] == ["sh", "-c", TRUSTING, "sh", "PEM"]


def test_answers_are_told_apart_and_read() -> None:
    """Status, headers whatever their case, cookies, body; a 100 Continue is passed over."""
    first = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nset-cookie: a=1; Path=/\r\nX-Who: me: you\r\n\r\nhello\n\nworld"
    second = "HTTP/2 404\n\n"

    one, two = answers(Output(0, f"{first}\n{END}\n{second}\n{END}\n", ""), 2)

    assert (one.status, one.body, one.cookies, one.values("x-who")) == (200, "hello\n\nworld", {"a": "1"}, ["me: you"])
    assert (two.status, two.good, str(two)) == (404, False, "status 404: nothing")


def test_where_there_is_no_answer_curl_says_why() -> None:
    """Also for those that are missing at the end, and when it is not curl who speaks."""
    refused, missing = answers(Output(7, f"\n{END}\n", "note\ncurl: (7) Failed to connect\n"), 2)

    assert refused == missing == Answer(problem="curl: (7) Failed to connect")
    assert answers(Output(125, "", 'no Pod "client"')) == [Answer(problem='no Pod "client"')]
    assert answers(Output(127, "", "")) == [Answer(problem="exit code 127")]
    assert answers(Output(0, "", "")) == [Answer(problem="it said nothing")]


def test_a_long_body_is_cut_short() -> None:
    """A failure stays readable."""
    assert str(Answer(200, body="x" * 500)) == f"status 200: {'x' * 200} …"
