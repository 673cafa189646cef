"""Words of a sentence that tell more than their text: a kind, a place, a URL."""

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from kubelab.abilities import Ability


class KindName(str):
    """A Kubernetes kind in a sentence, spelled as in Kubernetes; it tells what a scenario must watch."""

    __slots__ = ()


class PlaceName(str):
    """Where a request is made; it tells what a scenario must watch, and what its cluster must be able to do."""

    __slots__ = ()

    @property
    def watches(self) -> tuple[str, ...]:
        """The kinds to watch: Pods for a request from a Pod, otherwise Nodes, for their addresses."""
        return () if self.startswith("from Pod") else ("Node",)

    @property
    def requires(self) -> tuple[Ability, ...]:
        """The cluster must run programs on its nodes, or its nodes must be reachable."""
        return {"from a node": (Ability.PROGRAMS,), "from outside": (Ability.OUTSIDE,)}.get(self, ())

    @property
    def is_live(self) -> bool:
        """Whether a request from there changes nothing in the namespace: in a Pod it is a command that is run."""
        return not self.startswith("from Pod")


class UrlText(str):
    """The URL of a request; it tells what a scenario must have alone, so that no other scenario answers in its place."""

    __slots__ = ()

    @property
    def locks(self) -> tuple[str, ...]:
        """Its IP address, as a manifest with this `clusterIP` locks it; a sentence of its own locks a host name."""
        with suppress(ValueError):
            return (f"address {ip_address(urlsplit(self).hostname or '')}",)
        return ()
