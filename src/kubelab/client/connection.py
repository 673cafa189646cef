"""The pooled connection to one API server: raw requests with retries, and the streams of watches."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import urllib3

from kubelab.client.configuration import api_client, of_context, of_nobody
from kubelab.client.knocking import Patient
from kubelab.client.refusals import refusal, status_of
from kubelab.errors import SetupTrouble

if TYPE_CHECKING:
    from kubernetes.client import Configuration

Query = Sequence[tuple[str, str]]
BAD_REQUEST, TOO_MANY, SERVER_ERROR = 400, 429, 500
BUSY = frozenset({TOO_MANY, 502, 503, 504})
RETRIES = Patient(
    total=8, connect=5, read=2, status=6, backoff_factor=0.25, status_forcelist=BUSY, allowed_methods=None, raise_on_status=False
)
NOT_TWICE = Patient(total=0, raise_on_status=False)
"""For what must not be done twice: it is only sent again if the server has not received it."""
ONCE = urllib3.Retry(total=0, raise_on_status=False)
UNFIT = re.compile(rb"failed to (create typed patch|convert new) object|does not contain declared merge key")
"""What is answered with a 500 although the object is wrong: a misspelt field, a malformed quantity, an entry without its name."""
TIMEOUT = 15.0
CONNECT = 5.0
ERRORS = (urllib3.exceptions.HTTPError, OSError)


@dataclass(frozen=True)
class Response:
    """A complete HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """Requests to one API server as one account."""

    def __init__(self, configuration: "Configuration", pool: urllib3.PoolManager | None = None) -> None:
        self.configuration = configuration
        self._api = api_client(configuration, pool)
        self._nobodys: urllib3.PoolManager | None = None

    @classmethod
    def of(cls, kubeconfig: Path, context: str) -> "Connection":
        """The connection that a context of a kubeconfig stands for."""
        return cls(of_context(kubeconfig, context))

    def bearing(self, token: str) -> "Connection":
        """A connection to the same API server as the account that the token names: without a client certificate, which would come first."""
        other = of_nobody(self.configuration)
        other.api_key, other.api_key_prefix = {"authorization": token}, {"authorization": "Bearer"}
        made = Connection(other, self._nobodys)
        self._nobodys = made.pool
        return made

    @property
    def pool(self) -> urllib3.PoolManager:
        """Its sockets, shared by all accounts with tokens: a handshake for each would cost a scenario 10 ms."""
        found: urllib3.PoolManager = self._api.rest_client.pool_manager
        return found

    @property
    def server(self) -> str:
        """The API server's address."""
        return str(self.configuration.host)

    def request(
        self,
        method: str,
        path: str,
        query: Query = (),
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        doing: str,
        timeout: float = TIMEOUT,
        retries: urllib3.Retry = RETRIES,
    ) -> Response:
        """Send a request and read its answer. Refused for a 4xx, SetupTrouble for no answer or a 5xx; `doing` says it in words."""
        answer = self.answer(method, path, query, body, headers, timeout=timeout, retries=retries)
        if answer.status >= BAD_REQUEST and UNFIT.search(answer.body):
            raise refusal(BAD_REQUEST, answer.body, doing)
        if answer.status >= SERVER_ERROR or answer.status == TOO_MANY:
            message = status_of(answer.body).get("message") or answer.body.decode(errors="replace")[:300]
            raise SetupTrouble(f"The API server failed to {doing}: {answer.status} {message}. See how it is: kubelab status")
        if answer.status >= BAD_REQUEST:
            raise refusal(answer.status, answer.body, doing)
        return answer

    def answer(
        self,
        method: str,
        path: str,
        query: Query = (),
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float = TIMEOUT,
        retries: urllib3.Retry = RETRIES,
    ) -> Response:
        """Send a request and read its answer, whatever its status. SetupTrouble for no answer."""
        try:
            got = self._send(method, path, query, headers, timeout, body=body, retries=retries)
        except ERRORS as error:
            raise self._unreachable(error) from error
        return Response(got.status, dict(got.headers), got.data)

    def stream(self, path: str, query: Query, silence: float) -> urllib3.BaseHTTPResponse:
        """Open a request whose answer is read as it comes; a read fails after `silence` seconds without a byte. Raises urllib3's errors."""
        return self._send("GET", path, query, None, silence, retries=ONCE, preload_content=False)

    def authorization(self, path: str) -> dict[str, str]:
        """The headers that say who we are (a token is refreshed when due)."""
        headers: dict[str, str] = {}
        self._api.update_params_for_auth(headers, [], ["BearerToken"], path, "GET", None)
        return headers

    def _send(
        self, method: str, path: str, query: Query, headers: Mapping[str, str] | None, read: float, **options: Any
    ) -> urllib3.BaseHTTPResponse:
        url = f"{self.server}{path}" + (f"?{urlencode(query)}" if query else "")
        sent = {"Accept": "application/json", **(headers or {}), **self.authorization(path)}
        return self.pool.request(method, url, headers=sent, timeout=urllib3.Timeout(connect=CONNECT, read=read), redirect=False, **options)

    def _unreachable(self, error: Exception) -> SetupTrouble:
        return SetupTrouble(f"The API server at {self.server} does not answer: {cause(error)}. See what is wrong: kubelab doctor")


def cause(error: BaseException) -> str:
    """The innermost reason of a connection error, in few words."""
    inner = getattr(error, "reason", None)
    if isinstance(inner, BaseException):
        return cause(inner)
    text = str(error.args[-1]) if error.args else str(error)
    return text.rsplit("object at", maxsplit=1)[-1].partition(">: ")[2] or text


def as_query(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Query parameters as the API server reads them, without those that are None."""
    return [(key, str(value).lower() if isinstance(value, bool) else str(value)) for key, value in parameters.items() if value is not None]
