"""A request as curl makes it, and the answer in curl's words: status, headers, cookies, body, or why there was none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kubelab.clusters.process import Output

PATIENCE = 3
"""Seconds that one request may take."""
SHOWN = 200
"""Characters of a body that a failure repeats."""
END = "--end-of-the-answer--"
"""What curl writes after each answer, so that several can be told apart."""
PORTS = {"http": 80, "https": 443}
TRUSTING = 'f=$(mktemp) && printf %s "$1" >"$f" && shift && curl --cacert "$f" "$@"; code=$?; rm -f "$f"; exit $code'
"""curl with a certificate that comes as the first word, wherever there is a shell."""


@dataclass(frozen=True)
class Request:
    """A GET of a URL.

    `addresses` says which IP a host name stands for, as a line of /etc/hosts does; `cookies` is the text of the header Cookie;
    `authority` the certificate to trust (PEM), those of the place it is made at when empty.
    """

    url: str
    addresses: Mapping[str, str] = field(default_factory=dict)
    cookies: str = ""
    authority: str = ""

    def command(self, times: int = 1, apart: float = 0.0) -> list[str]:
        """The words of curl for so many of them, each over a connection of its own, begun so many seconds apart."""
        words = ["-sS", "-i", "--noproxy", "*", "-m", str(PATIENCE), "-H", "Connection: close", "-w", f"\n{END}\n", *self._resolve()]
        cookies = ["-H", f"Cookie: {self.cookies}"] if self.cookies else []
        rate = ["--rate", f"{int(3600 / apart)}/h"] if apart else []
        words = [*words, *cookies, *rate, *[self.url] * times]
        return ["sh", "-c", TRUSTING, "sh", self.authority, *words] if self.authority else ["curl", *words]

    def _resolve(self) -> list[str]:
        parts = urlsplit(self.url)
        address = self.addresses.get(parts.hostname or "")
        return ["--resolve", f"{parts.hostname}:{parts.port or PORTS.get(parts.scheme, 80)}:{address}"] if address else []


@dataclass(frozen=True)
class Answer:
    """What came back: `status` 0 and curl's words as the `problem` where nothing did."""

    status: int = 0
    headers: Sequence[tuple[str, str]] = ()
    body: str = ""
    problem: str = ""

    @property
    def good(self) -> bool:
        """There was an answer, and its status is no error."""
        return 0 < self.status < 400  # noqa: PLR2004  (RFC 9110: 4xx and 5xx are errors)

    def values(self, header: str) -> list[str]:
        """The values of a header, whatever the case of its name."""
        return [value for name, value in self.headers if name.lower() == header.lower()]

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that it sets."""
        pairs = (value.partition(";")[0].partition("=") for value in self.values("Set-Cookie"))
        return {name.strip(): value.strip() for name, _, value in pairs}

    def __str__(self) -> str:
        text = " ".join(self.body.split())
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
        return f"status {self.status}: {shown or 'nothing'}" if self.status else f"no answer: {self.problem}"


def answers(output: Output, times: int = 1) -> list[Answer]:
    """The answers that curl wrote, in order; those that are missing carry its complaint."""
    said = output.err.strip() or ("" if output.good else f"exit code {output.code}")
    complaints = re.findall(r"^curl: .*", said, re.MULTILINE) or [said or "it said nothing"]
    pieces = output.out.split(f"\n{END}\n")[:times]
    return [_answer(piece, complaints[-1]) for piece in [*pieces, *[""] * (times - len(pieces))]]


def _answer(text: str, complaint: str) -> Answer:
    head, _, body = text.replace("\r\n", "\n").partition("\n\n")
    if re.match(r"HTTP/\S+ 1\d\d", head):
        return _answer(body, complaint)
    first, *rest = head.strip().splitlines() or [""]
    found = re.match(r"HTTP/\S+ (\d+)", first)
    if not found:
        return Answer(problem=complaint)
    headers = [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in rest)]
    return Answer(int(found[1]), headers, body)
