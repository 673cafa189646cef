"""The pooled connection to one API server: raw requests with retries, and the streams of watches."""

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from operator import not_
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import urllib3

from kubelab.client.configuration import api_client, of_context, of_nobody
from kubelab.client.connection_errors import ERRORS, cause
from kubelab.client.knocking import PREMATURE, Patient, knock
from kubelab.client.refusals import refusal, status_of
from kubelab.errors import SetupTrouble

if TYPE_CHECKING:
    from kubernetes.client import Configuration

Query = Sequence[tuple[str, str]]
BAD_REQUEST, FORBIDDEN, TOO_MANY, SERVER_ERROR = 400, 403, 429, 500
BUSY = frozenset({TOO_MANY, 502, 503, 504})
RETRIES = Patient(
    total=8, connect=5, read=2, status=6, backoff_factor=0.25, status_forcelist=BUSY, allowed_methods=None, raise_on_status=False
)
NOT_TWICE = Patient(total=0, raise_on_status=False)
"""For what must not be done twice: it is only sent again if the server has not received it."""
ONCE = urllib3.Retry(total=0, raise_on_status=False)
UNFIT = re.compile(rb"failed to (create typed patch|convert new) object|does not contain declared merge key")
"""What is answered with a 500 although the object is wrong: a misspelt field, a malformed quantity, an entry without its name."""
REVIEWS = "/apis/authorization.k8s.io/v1/selfsubject"
"""How the paths begin at which an account asks for its own rights; nothing is kept there."""
TIMEOUT = 15.0
CONNECT = 5.0


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

    def reading(self) -> "Connection":
        """A connection to the same API server as the same account, by which nothing can be changed."""
        return ReadingConnection(self.configuration, self.pool)

    @property
    def pool(self) -> urllib3.PoolManager:
        """Its sockets, shared by all accounts with tokens: a handshake for each would cost a scenario 10 ms."""
        found: urllib3.PoolManager = self._api.rest_client.pool_manager
        return found

    @property
    def server(self) -> str:
        """The API server's address."""
        return str(self.configuration.host)

    def permit(self, method: str, path: str) -> None:
        """Return if a request may be sent: here each may; CONNECT stands for a command in a container."""

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
        """Send a request and read its answer, whatever its status. SetupTrouble for no answer.

        What is forbidden is asked once more when the server says that it is ready: while it starts, it forbids everything.
        """
        asked = partial(self._answered, method, path, query, headers, timeout, body=body, retries=retries)
        got = asked()
        return asked() if got.status == FORBIDDEN and self.is_ready_again(got.body.decode(errors="replace")) else got

    def is_ready_again(self, said: str) -> bool:
        """True for the words with which a server that starts forbids everything, as soon as it is ready, or after 30 s."""
        if not PREMATURE.search(said):
            return False
        knock(self._is_ready, not_)
        return True

    def _is_ready(self) -> bool:
        return self._answered("GET", "/readyz", (), None, TIMEOUT, retries=ONCE).status < SERVER_ERROR

    def _answered(
        self, method: str, path: str, query: Query, headers: Mapping[str, str] | None, timeout: float, **options: Any
    ) -> Response:
        try:
            got = self._send(method, path, query, headers, timeout, **options)
        except ERRORS as error:
            raise self._unreachable(error) from error
        return Response(got.status, dict(got.headers), got.data)

    def stream(self, path: str, query: Query, silence: float) -> urllib3.BaseHTTPResponse:
        """Open a request whose answer is read as it comes; a read fails after `silence` seconds without a byte. Raises urllib3's errors."""
        return self._send("GET", path, query, None, silence, retries=ONCE, preload_content=False)

    def opened(self, path: str, query: Query, headers: Mapping[str, str], silence: float) -> tuple[int, bytes]:
        """Open another protocol on a connection of its own, and close it: the status, and the body if it was refused.

        SetupTrouble for no answer within `silence` seconds.
        """
        self.permit("CONNECT", path)
        try:
            got = self._send("GET", path, query, headers, silence, retries=ONCE, preload_content=False)
            with closing(got):
                return got.status, got.read() if got.status >= BAD_REQUEST else b""
        except ERRORS as error:
            raise self._unreachable(error) from error

    def authorization(self, path: str) -> dict[str, str]:
        """The headers that say who we are (a token is refreshed when due)."""
        headers: dict[str, str] = {}
        self._api.update_params_for_auth(headers, [], ["BearerToken"], path, "GET", None)
        return headers

    def _send(
        self, method: str, path: str, query: Query, headers: Mapping[str, str] | None, read: float, **options: Any
    ) -> urllib3.BaseHTTPResponse:
        self.permit(method, path)
        url = f"{self.server}{path}" + (f"?{urlencode(query)}" if query else "")
        sent = {"Accept": "application/json", **(headers or {}), **self.authorization(path)}
        return self.pool.request(method, url, headers=sent, timeout=urllib3.Timeout(connect=CONNECT, read=read), redirect=False, **options)

    def _unreachable(self, error: Exception) -> SetupTrouble:
        return SetupTrouble(f"The API server at {self.server} does not answer: {cause(error)}. See what is wrong: kubelab doctor")


class ReadingConnection(Connection):
    """A connection by which nothing can be changed, whoever uses it."""

    def permit(self, method: str, path: str) -> None:
        """SetupTrouble for a request that does more than read; what this account may do is asked by a POST."""
        if method != "GET" and not path.startswith(REVIEWS):
            raise SetupTrouble(f"Nothing is changed here, and this would change something: {method} {path}")


def as_query(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Query parameters as the API server reads them, without those that are None."""
    return [(key, str(value).lower() if isinstance(value, bool) else str(value)) for key, value in parameters.items() if value is not None]
