"""One raw watch: events as they come, ended from any thread."""

import json
from collections.abc import Iterator
from contextlib import suppress

from kubelab.client.connection import Connection, Query
from kubelab.client.objects import Object
from kubelab.client.refusals import status_of

BAD_REQUEST = 400


class Rejected(Exception):  # noqa: N818  (an answer, judged by whoever watches)
    """The server's answer to a request for a watch was an error."""

    def __init__(self, code: int, body: bytes, retry_after: str) -> None:
        status = status_of(body)
        self.code, self.reason = code, str(status.get("reason", ""))
        self.message = str(status.get("message") or body.decode(errors="replace")[:300])
        self.retry_after = float(retry_after) if retry_after.isdigit() else 0.0
        super().__init__(f"{code} {self.reason}: {self.message}")


class WatchStream:
    """An open watch of one collection. Iterating yields raw events (`type`, `object`) until the server ends it.

    Opening raises Rejected for a 4xx or 5xx answer; reading raises urllib3's errors. The connection is never used for anything else.
    """

    def __init__(self, connection: Connection, path: str, query: Query, silence: float) -> None:
        self._response = connection.stream(path, query, silence)
        if self._response.status >= BAD_REQUEST:
            body, retry_after = self._response.read(), self._response.headers.get("Retry-After", "")
            raise Rejected(self._response.status, body, retry_after)

    def __iter__(self) -> Iterator[Object]:
        pending = b""
        try:
            for chunk in self._response.stream(amt=None):
                *lines, pending = (pending + chunk).split(b"\n")
                yield from (json.loads(line) for line in lines if line)
        finally:
            self._response.close()

    def close(self) -> None:
        """End the watch from any thread: the socket of a blocked read is shut, and its reader sees the end."""
        with suppress(ValueError, OSError):  # already at its end
            self._response.shutdown()
