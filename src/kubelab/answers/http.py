"""A request as curl makes it, and the answer as curl prints it: status, headers, cookies, body, or why there was none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kubelab.answers.replies import Found, Nothing, Reply, Unasked
from kubelab.output import Output

PATIENCE = 3
"""Seconds that one request may take."""
SHOWN = 200
"""The most characters of a body that a failure quotes."""
END = "--end-of-the-answer--"
"""What curl prints after each answer, to separate several."""
PORTS = {"http": 80, "https": 443}
NO_ANSWER = {
    6: "no such name",
    7: "refused, or no way there",
    28: "timed out",
    35: "the TLS handshake failed",
    52: "nothing came back",
    55: "sending failed",
    56: "receiving failed",
    60: "the certificate is not trusted",
}
"""curl's exit codes (EXIT CODES in its manual) for a request that was made and got no answer; with any other, it was not made."""
TRUSTING = 'f=$(mktemp) && printf %s "$1" >"$f" && shift && curl --cacert "$f" "$@"; code=$?; rm -f "$f"; exit $code'
"""curl with a certificate that is passed as the first word, for places with a shell."""


@dataclass(frozen=True)
class Request:
    """A GET of a URL.

    `addresses` maps host names to IPs, as lines of /etc/hosts do; `cookies` is the value of the header Cookie; `authority` is the
    certificate to trust (PEM), those of the place that it is made from when empty; `unverified`: any certificate will do.
    """

    url: str
    addresses: Mapping[str, str] = field(default_factory=dict)
    cookies: str = ""
    authority: str = ""
    unverified: bool = False

    def command(self, times: int = 1, apart: float = 0.0, patience: float = PATIENCE) -> list[str]:
        """The curl command for a number of them, each over a connection of its own, `apart` seconds between their starts.

        It ends with the first one that is not answered within `patience` seconds.
        """
        words = ["-sS", "-i", "--noproxy", "*", "-m", f"{patience:g}", "-H", "Connection: close", "-w", f"\n{END}\n", *self._resolve()]
        words += ["--fail-early"] + (["-k"] if self.unverified else [])
        cookies = ["-H", f"Cookie: {self.cookies}"] if self.cookies else []
        rate = ["--rate", f"{int(3600 / apart)}/h"] if apart else []
        words = [*words, *cookies, *rate, *[self.url] * times]
        return ["sh", "-c", TRUSTING, "sh", self.authority, *words] if self.authority else ["curl", *words]

    def _resolve(self) -> list[str]:
        parts = urlsplit(self.url)
        address = self.addresses.get(parts.hostname or "")
        port = parts.netloc.rpartition(":")[2]
        wanted = port if port.isdigit() else PORTS.get(parts.scheme, 80)
        return ["--resolve", f"{parts.hostname}:{wanted}:{address}"] if address else []


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Sequence[tuple[str, str]] = ()
    body: str = ""

    @property
    def good(self) -> bool:
        """Its status is not an error."""
        return self.status < 400  # noqa: PLR2004  (RFC 9110: 4xx and 5xx are errors)

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
        return f"status {self.status}: {shown or 'an empty page'}"


def replies(output: Output, times: int = 1) -> list[Reply[Answer]]:
    """The replies in curl's output of a number of requests, in order; for those without an answer, curl's message."""
    missing = _missing(output)
    pieces = output.out.split(f"\n{END}\n")[:times]
    return [_reply(piece, missing) for piece in [*pieces, *[""] * (times - len(pieces))]]


def _missing(output: Output) -> Nothing | Unasked:
    """The reply for a request without an answer, by curl's exit code."""
    said = output.err.strip() or f"curl ended with exit code {output.code} and said nothing"
    complaint = (re.findall(r"^curl: .*", said, re.MULTILINE) or [said])[-1]
    return Nothing(complaint) if output.code in NO_ANSWER else Unasked(f"the request could not be made: {complaint}")


def _reply(text: str, missing: Nothing | Unasked) -> Reply[Answer]:
    head, _, body = text.replace("\r\n", "\n").partition("\n\n")
    if re.match(r"HTTP/\S+ 1\d\d", head):
        return _reply(body, missing)
    first, *rest = head.strip().splitlines() or [""]
    found = re.match(r"HTTP/\S+ (\d+)", first)
    if not found:
        return missing
    headers = [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in rest)]
    return Found(Answer(int(found[1]), headers, body))
