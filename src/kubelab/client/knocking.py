"""Asking again while a server cannot be reached, or starts: what it has not received, or not yet judged, may be sent again."""

import errno
import re
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any, Self, TypeVar

import urllib3

T = TypeVar("T")
WAIT = 30.0
"""Seconds for which a server may refuse."""
PAUSE = 0.5
"""Seconds between two tries."""
PREMATURE = re.compile(r"cannot \S+ (?:resource|path)|not yet ready to handle request")
"""How an API server forbids everything that it has just started to serve, until it has read its rules: as what is really forbidden."""
REFUSALS = frozenset({errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ECONNRESET})
"""How a machine, or a firewall on the way to it, says that it does not accept connections."""


def knock(ask: Callable[[], T], is_refused: Callable[[T], bool], wait: float | None = None, pause: float | None = None) -> T:
    """The first answer that is not a refusal, or the refusal once the time is over, 30 s by default."""
    end = monotonic() + (WAIT if wait is None else wait)
    while is_refused(answer := ask()) and monotonic() < end:
        sleep(PAUSE if pause is None else pause)
    return answer


class Patient(urllib3.Retry):
    """Retries, and in addition those after a connection that was not made; for a GET also those after one that was reset."""

    since: float | None = None
    knocks = False

    def new(self, **changed: Any) -> Self:
        """The same with some settings changed."""
        made = super().new(**changed)
        made.since = self.since
        return made

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: Any = None,
        error: Exception | None = None,
        _pool: Any = None,
        _stacktrace: Any = None,
    ) -> Self:
        """The retries that are left after an error; raises the error if none are."""
        since = monotonic() if self.since is None else self.since
        if not _is_refusal(error, method) or monotonic() - since > WAIT:
            return super().increment(method, url, response, error, _pool, _stacktrace)
        made = self.new()
        made.since, made.knocks = since, True
        return made

    def get_backoff_time(self) -> float:
        """Seconds to the next try."""
        return PAUSE if self.knocks else super().get_backoff_time()


def _is_refusal(error: BaseException | None, method: str | None) -> bool:
    """Whether the server has received nothing of the request, or it may be made twice."""
    if isinstance(error, urllib3.exceptions.ConnectTimeoutError):
        return True
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return isinstance(error.__cause__, OSError) and error.__cause__.errno in REFUSALS
    broken = error.args[-1] if isinstance(error, urllib3.exceptions.ProtocolError) else None
    return method == "GET" and isinstance(broken, ConnectionResetError)
