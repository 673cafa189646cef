"""The objects around a failure: as they were watched, or, if they were not, as the cluster has them now."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from kubelab.answers.asking import Asking
from kubelab.client import Client
from kubelab.client.objects import Object, name
from kubelab.errors import LabFailure
from kubelab.observation import View

TIMEOUT = 3.0


@dataclass(frozen=True)
class Surroundings:
    """The objects of the scenario's namespace and of the cluster, each kind listed at most once.

    `asked` is the last request, None for none; `answered` whether a page came back, so that the way to it works.
    """

    view: View
    client: Client
    asked: Asking | None = None
    answered: bool = False
    listed: dict[str, Sequence[Object]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def all(self, kind: str) -> Sequence[Object]:
        """All of a kind, as they were seen, or as they are now."""
        seen = self.view.objects(kind)
        return seen or self._listed(kind, self.view.namespace)

    def of_namespace(self, kind: str, namespace: str) -> Sequence[Object]:
        """All of a kind in another namespace, as they are now."""
        return self._listed(kind, namespace)

    def find(self, kind: str, wanted: str) -> Object | None:
        """The object of that name."""
        return next((one for one in self.all(kind) if name(one) == wanted), None)

    @property
    def url(self) -> str:
        """The last requested URL, "" where there is none, or it has no address."""
        try:
            return self.asked.target(self.view) if self.asked else ""
        except LabFailure:
            return ""

    def address(self, host: str) -> str:
        """The address that the scenario gave to a host name, else the host itself."""
        return self.asked.request.addresses.get(host, host) if self.asked else host

    def _listed(self, kind: str, namespace: str) -> Sequence[Object]:
        with self.lock:
            key = f"{namespace}/{kind}"
            if key not in self.listed:
                found = self.client.listing(kind, namespace, timeout=TIMEOUT)[0]
                self.listed[key] = [{"kind": kind, **one} for one in found]
            return self.listed[key]
