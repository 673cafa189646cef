"""A namespace in which something failed: the watched objects, further objects of the cluster, and the causes that are found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from kubelab.answers import targets
from kubelab.answers.asking import Asking
from kubelab.answers.http import Request
from kubelab.diagnostics.causes import causes
from kubelab.diagnostics.surroundings import Surroundings
from kubelab.errors import SetupTrouble
from kubelab.observation import Store
from tests.unit.objects import thing
from tests.unit.scripted import Clock

if TYPE_CHECKING:
    from kubelab.answers.places import Place
    from kubelab.client import Client

CONTROLLER = thing(
    "Service", "ingress-nginx-controller", spec={"ports": [{"port": 80, "nodePort": 30100}, {"port": 443, "nodePort": 30200}]}
)


@dataclass
class Cluster:
    """A client with these objects, of the namespace and of the ingress controller's, and these logs."""

    objects: Sequence[Any] = ()
    log: str = ""
    away: bool = False
    asked: list[str] = field(default_factory=list)

    def listing(self, kind: str, namespace: str, **_more: Any) -> tuple[Sequence[Any], str]:
        """Those of a kind."""
        self.asked.append(f"{namespace}/{kind}")
        if self.away:
            raise SetupTrouble("the server is away")
        if namespace == "ingress-nginx":
            return [CONTROLLER], ""
        return [{key: value for key, value in one.items() if key != "kind"} for one in self.objects if one["kind"] == kind], ""

    def logs(self, *_which: Any, **_more: Any) -> str:
        """The same for every container."""
        if self.away:
            raise SetupTrouble("the server is away")
        return self.log


@dataclass
class World:
    """The watched objects, and the further objects of the cluster."""

    seen: Sequence[Any] = ()
    cluster: Cluster = field(default_factory=Cluster)
    url: str = ""
    answered: bool = False
    addresses: dict[str, str] = field(default_factory=dict)

    def around(self) -> Surroundings:
        """The surroundings of a failure."""
        store = Store("lab", Clock())
        for item in self.seen:
            store.put(item["kind"], "ADDED", item)
        asked = Asking(Request(self.url, self.addresses), targets.url(self.url), cast("Place", None), self.url) if self.url else None
        return Surroundings(store.view(), cast("Client", self.cluster), asked, self.answered)

    def why(self, *about: Any) -> list[str]:
        """The causes that are found, as text; searched from all watched objects if none is named."""
        return [str(cause) for cause in causes(self.around(), about or tuple(self.seen))]
