"""Which kinds a cluster serves: the built-in table first, the API server's own list for all others."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kubelab.client.connection import Connection
from kubelab.client.kinds import BUILT_IN, Kind, built_in
from kubelab.client.likeness import nearest
from kubelab.client.objects import Object, at
from kubelab.errors import LabFailure

AGGREGATED = {"Accept": "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"}


class Discovery:
    """The kinds of one cluster, asked for once, and again when one is missing (a CustomResourceDefinition may be new)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[tuple[str, str], Kind] = {}

    def kind(self, name: str) -> Kind:
        """The kind of that name, "DaemonSet"; LabFailure with the nearest ones when the cluster does not serve it."""
        return BUILT_IN.get(name) or self._named(name) or self._named(name, ask=True) or self._unknown(name)

    def of(self, document: Object) -> Kind:
        """The kind that a manifest's apiVersion and kind name."""
        name, version = str(document.get("kind", "")), str(document.get("apiVersion", ""))
        known = BUILT_IN.get(name)
        if known and known.api_version == version:
            return known
        return self._served(version, name) or self._served(version, name, ask=True) or self._unserved(version, name)

    def resolve(self, word: str) -> list[Kind]:
        """The kinds that a word ("deploy", "deployments.apps") means to kubectl; none for a name that the cluster does not serve."""
        return built_in(word) or self._called(word) or self._called(word, ask=True)

    def emptied(self) -> list[Kind]:
        """The kinds whose objects are deleted with their namespace, each in the version that the server prefers."""
        kinds = [kind for kind, verbs in self._answers() if kind.namespaced and {"list", "delete"} <= verbs]
        return list({(kind.group, kind.plural): kind for kind in reversed(kinds)}.values())

    def _named(self, name: str, *, ask: bool = False) -> Kind | None:
        return next((kind for kind in self._kinds(ask=ask).values() if kind.kind == name), None)

    def _called(self, word: str, *, ask: bool = False) -> list[Kind]:
        return [kind for kind in self._kinds(ask=ask).values() if kind.is_called(word)]

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

    def _unknown(self, name: str) -> Kind:
        raise LabFailure(f'The cluster knows no kind "{name}".{_hint(name, self._all())} See all: kubectl api-resources')

    def _unserved(self, version: str, name: str) -> Kind:
        """The failure names the same kind where it is first, in Kubernetes' own groups before others."""
        homes = list(dict.fromkeys(kind.api_version for kind in self._all() if kind.kind == name))
        if homes:
            raise Unserved("apiVersion", f"there is no {name} in {version}; {_homes(name, homes)}")
        raise Unserved("kind", f'the cluster knows no kind "{name}".{_hint(name, self._all())} See all: kubectl api-resources')

    def _all(self) -> list[Kind]:
        return [*BUILT_IN.values(), *self._found.values()]


class Unserved(LabFailure):
    """The cluster does not serve this kind; `field` is what is wrong, "apiVersion" or "kind"."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def _listed(listing: Mapping[str, Any]) -> Iterator[tuple[Kind, set[str]]]:
    """Each kind of an APIGroupDiscoveryList with the verbs it allows."""
    for group in listing.get("items", ()):
        for version in group["versions"]:
            prefix = f"{at(group, 'metadata', 'name')}/" if at(group, "metadata", "name") else ""
            for resource in version.get("resources", ()):
                kind = at(resource, "responseKind", "kind", default="")
                names = (*resource.get("shortNames", ()), resource.get("singularResource", ""))
                served, categories = prefix + version["version"], tuple(resource.get("categories", ()))
                found = Kind(kind, served, resource["resource"], resource["scope"] == "Namespaced", names, categories)
                yield found, set(resource.get("verbs", ()))


def _homes(name: str, versions: list[str]) -> str:
    others = f" (also in {', '.join(versions[1:3])})" if versions[1:] else ""
    return f'{name} is in {versions[0]}{others}. Write "apiVersion: {versions[0]}".'


def _hint(name: str, kinds: Iterable[Kind]) -> str:
    versions = {kind.kind: kind.api_version for kind in reversed(list(kinds))}
    near = [f"{one} ({versions[one]})" for one in nearest(name, versions)]
    return f" Did you mean {', '.join(near)}?" if near else ""
