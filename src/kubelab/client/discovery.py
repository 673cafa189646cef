"""Which kinds a cluster serves: the built-in table first, the API server's own list for all others."""

import difflib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from kubelab.client.connection import Connection
from kubelab.client.kinds import BUILT_IN, Kind
from kubelab.client.objects import Object, at
from kubelab.errors import LabFailure

AGGREGATED = {"Accept": "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"}


class Discovery:
    """The kinds of one cluster, asked for once and again when one is missing (a CustomResourceDefinition may be new)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[tuple[str, str], Kind] = {}

    def kind(self, name: str) -> Kind:
        """The kind of that name, "DaemonSet"; LabFailure with the nearest ones when the cluster does not serve it."""
        return BUILT_IN.get(name) or self._named(name) or self._named(name, ask=True) or _unknown(name, self._names())

    def of(self, document: Object) -> Kind:
        """The kind that a manifest's apiVersion and kind name."""
        name, version = str(document.get("kind", "")), str(document.get("apiVersion", ""))
        known = BUILT_IN.get(name)
        if known and known.api_version == version:
            return known
        return self._served(version, name) or self._served(version, name, ask=True) or _unknown(f"{version} {name}", self._names())

    def emptied(self) -> list[Kind]:
        """The kinds whose objects a namespace's deletion takes along, each in the version the server prefers."""
        kinds = [kind for kind, verbs in self._answers() if kind.namespaced and {"list", "delete"} <= verbs]
        return list({(kind.group, kind.plural): kind for kind in reversed(kinds)}.values())

    def _named(self, name: str, *, ask: bool = False) -> Kind | None:
        return next((kind for kind in self._kinds(ask=ask).values() if kind.kind == name), None)

    def _served(self, version: str, name: str, *, ask: bool = False) -> Kind | None:
        return self._kinds(ask=ask).get((version, name))

    def _kinds(self, *, ask: bool) -> Mapping[tuple[str, str], Kind]:
        for kind, _ in self._answers() if ask else ():
            self._found.setdefault((kind.api_version, kind.kind), kind)
        return self._found

    def _answers(self) -> Iterator[tuple[Kind, set[str]]]:
        for path in ("/api", "/apis"):
            answer = self._connection.request("GET", path, headers=AGGREGATED, doing="list its kinds")
            yield from _listed(json.loads(answer.body))

    def _names(self) -> list[str]:
        known = [*BUILT_IN.values(), *self._found.values()]
        return [kind.kind for kind in known] + [f"{kind.api_version} {kind.kind}" for kind in known]


def _listed(listing: Mapping[str, Any]) -> Iterator[tuple[Kind, set[str]]]:
    """Each kind of an APIGroupDiscoveryList with the verbs it allows."""
    for group in listing.get("items", ()):
        for version in group["versions"]:
            prefix = f"{at(group, 'metadata', 'name')}/" if at(group, "metadata", "name") else ""
            for resource in version.get("resources", ()):
                kind = at(resource, "responseKind", "kind", default="")
                found = Kind(kind, prefix + version["version"], resource["resource"], resource["scope"] == "Namespaced")
                yield found, set(resource.get("verbs", ()))


def _unknown(name: str, names: list[str]) -> Kind:
    near = dict.fromkeys(difflib.get_close_matches(name, names, n=3, cutoff=0.5))
    hint = f" The nearest: {', '.join(near)}." if near else ""
    raise LabFailure(f'The cluster knows no kind "{name}".{hint} See all: kubectl api-resources')
