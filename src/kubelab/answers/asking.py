"""A request as sentences name it: its target, from where it is made, and its first answer."""

from dataclasses import dataclass, replace

from kubelab.answers import http
from kubelab.answers.http import Answer, Request
from kubelab.answers.places import Place
from kubelab.answers.replies import Found, Reply, Unasked
from kubelab.answers.targets import Nowhere, Target
from kubelab.observation import View

EVERY = 0.3
"""Seconds between two requests."""
SLACK = 5
"""Seconds that reaching a place may take."""
LEAST = 1.0
"""Seconds that a request gets at least, however little time its sentence has left."""


@dataclass(frozen=True)
class Asking:
    """A request as the sentences after it name it: `whom` it is made to, and the `first` reply, when it was made."""

    request: Request
    target: Target
    place: Place
    whom: str
    first: Reply[Answer] | None = None

    def __call__(self, view: View) -> Reply[Answer]:
        """Make it."""
        return self.repeated(view, 1)[0]

    def repeated(self, view: View, times: int, apart: float = 0.0) -> list[Reply[Answer]]:
        """The replies to making it `times` times; where it cannot be made, all replies say so."""
        try:
            request = replace(self.request, url=self.target(view))
        except Nowhere as nowhere:
            return [Unasked(str(nowhere), missing=nowhere.missing)] * times
        patience = min(http.PATIENCE, max(view.left, LEAST))
        output = self.place.run(view, request.command(times, apart, patience), times * (patience + apart) + SLACK)
        return [output] * times if isinstance(output, Unasked) else http.replies(output, times)

    def made(self, view: View) -> "Asking":
        """The same, made once."""
        return replace(self, first=self(view))

    def with_cookies(self, view: View) -> "Asking":
        """The same from a client that has kept the cookies of an earlier answer."""
        reply = self(view)
        cookies = reply.what.cookies if isinstance(reply, Found) else {}
        return replace(self, request=replace(self.request, cookies="; ".join(f"{key}={value}" for key, value in cookies.items())))

    @property
    def words(self) -> str:
        """`the answer of http://web from a node`."""
        return f"the answer of {self.whom} {self.place.words}"
