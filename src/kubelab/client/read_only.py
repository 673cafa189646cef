"""The verbs that only read a cluster, in raw JSON: objects, watches, logs, what this account may do, the fields of a kind."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kubelab.client.connection import Connection, Query, as_query
from kubelab.client.discovery import Discovery
from kubelab.client.fields import Keys
from kubelab.client.kinds import Kind
from kubelab.client.objects import Object, at
from kubelab.client.refusals import Refused, if_permitted
from kubelab.client.stream import WatchStream
from kubelab.errors import LabFailure, SetupTrouble

if TYPE_CHECKING:
    from kubelab.client.explanation import Told
    from kubelab.client.schema import Schema

GONE = 404
REVIEWS = "authorization.k8s.io/v1"
METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
Objects = list[Object]  # inside the class, "list" is the verb


class ReadOnlyClient:
    """One context of one kubeconfig, without the verbs that change anything. Safe to use from several threads.

    Every verb raises Refused (a LabFailure) with the API server's reason, and SetupTrouble when it does not answer.
    """

    def __init__(self, kubeconfig: Path, context: str) -> None:
        self.connection = Connection.of(kubeconfig, context)
        self._discovery = Discovery(self.connection)

    def bearing(self, token: str) -> Self:
        """A client of the same cluster as the account that the token names."""
        other = copy(self)
        other.connection = self.connection.bearing(token)
        return other

    def reading(self) -> Self:
        """A client of the same cluster as the same account, whose other verbs are SetupTrouble too: nothing is changed by it."""
        other = copy(self)
        other.connection = self.connection.reading()
        return other

    def kind(self, name: str) -> Kind:
        """The kind of that name; LabFailure with the nearest ones for an unknown one."""
        return self._discovery.kind(name)

    def resolve(self, word: str) -> Sequence[Kind]:
        """The kinds that a word means to kubectl; none for an unknown one."""
        return self._discovery.resolve(word)

    def get(self, kind: str, name: str, namespace: str | None = None) -> Object | None:
        """The object as it is now, or None."""
        try:
            return self._json("GET", self.kind(kind).path(namespace, name), doing=f'get {kind} "{name}"')
        except Refused as refused:
            if refused.code == GONE:
                return None
            raise

    def list(self, kind: str, namespace: str | None = None, labels: str | None = None, fields: str | None = None) -> Objects:
        """The objects of a kind in a namespace (in all, for None), filtered by selectors as kubectl writes them."""
        return self.listing(kind, namespace, as_query({"labelSelector": labels, "fieldSelector": fields}))[0]

    def listing(
        self, kind: str, namespace: str | None = None, query: Query = (), *, timeout: float = 15.0, metadata: bool = False
    ) -> tuple[Objects, str]:
        """The objects of a kind (with `metadata`, only their metadata), and the resource version to watch from."""
        headers = {"Accept": METADATA} if metadata else {}
        path = self.kind(kind).path(namespace)
        found = self._json("GET", path, query, headers=headers, doing=f"list {kind}s", timeout=timeout)
        return found.get("items") or [], str(at(found, "metadata", "resourceVersion", default=""))

    def kinds(self) -> Sequence[Kind]:
        """The kinds whose objects live in namespaces, each in the version the server prefers."""
        return self._discovery.emptied()

    def contents(self, namespace: str | None) -> Iterator[Object]:
        """The metadata of every object of a namespace (of all, for None) but its events: what is deleted with it.

        Kinds that this account may not list are left out: it has not created any of them.
        """
        for kind in self._discovery.emptied():
            if kind.kind != "Event":
                yield from if_permitted(partial(self._metadata, kind, namespace))

    def _metadata(self, kind: Kind, namespace: str | None) -> Objects:
        answer = self._json("GET", kind.path(namespace), headers={"Accept": METADATA}, doing=f"list {kind.plural}")
        return answer.get("items") or []

    def may(self, verb: str, kind: str, namespace: str = "", part: str = "") -> bool:
        """Whether this account may do that to any object of a kind, or to a part of it such as "status"; "" is all namespaces."""
        known = self.kind(kind)
        asked = {"verb": verb, "group": known.group, "resource": known.plural, "subresource": part, "namespace": namespace}
        review = {"apiVersion": REVIEWS, "kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes": asked}}
        answer = self._json("POST", f"/apis/{REVIEWS}/selfsubjectaccessreviews", (), review, doing="tell what this account may do")
        return bool(at(answer, "status", "allowed", default=False))

    def logs(
        self,
        pod: str,
        namespace: str,
        container: str | None = None,
        *,
        previous: bool = False,
        tail: int | None = None,
        since: float | None = None,
        timeout: float = 15.0,
    ) -> str:
        """What a container (the only one, for None) wrote: the last `tail` lines of the last `since` seconds."""
        query = {
            "container": container,
            "previous": previous or None,
            "tailLines": tail,
            "sinceSeconds": None if since is None else int(since) + 1,
        }
        path = self.kind("Pod").path(namespace, pod, "log")
        headers = {"Accept": "text/plain, */*"}
        answer = self.connection.request(
            "GET", path, as_query(query), headers=headers, doing=f'read the logs of Pod "{pod}"', timeout=timeout
        )
        return answer.body.decode(errors="replace")

    def watch(self, kind: str, namespace: str | None = None, query: Query = (), silence: float = 75.0) -> WatchStream:
        """Open a raw watch; its reads fail after `silence` seconds without a byte. Close it when done."""
        return WatchStream(self.connection, self.kind(kind).path(namespace), [("watch", "true"), *query], silence)

    def explained(self, document: Object, refused: Refused) -> "Told":
        """What is wrong with a document that was refused, field by field; the API server's schema is read where a field is unknown."""
        from kubelab.client.explanation import explained  # noqa: PLC0415  (only a refusal needs it)

        return explained(refused, document, lambda: self.schema(document))

    def misplaced(self, kind: str, paths: Sequence[Keys], part: Object) -> "Told":
        """Which of these places in a part of an object do not exist in the kind; the API server's schema is read if there are any."""
        from kubelab.client.explanation import misplaced  # noqa: PLC0415

        return misplaced(paths, part, self.schema({"kind": kind})) if paths else []

    def kubelet_health(self, node: str, timeout: float = 15.0) -> str:
        """What the kubelet of a node says of its health, "ok" for a good one: its /healthz, through the API server."""
        path = self.kind("Node").path(None, node, "proxy/healthz")
        headers = {"Accept": "text/plain, */*"}
        answer = self.connection.request("GET", path, headers=headers, doing=f"ask the kubelet of node {node}", timeout=timeout)
        return answer.body.decode(errors="replace").strip()

    def version(self) -> str:
        """The server's version, "v1.36.3"."""
        return str(self._json("GET", "/version", doing="tell its version")["gitVersion"])

    def schema(self, document: Object) -> "Schema | None":
        """The fields of an object's kind, as the API server knows them; None where it does not say, or does not answer."""
        from kubelab.client.schema import schema_of  # noqa: PLC0415

        with suppress(LabFailure, SetupTrouble):  # without it, less can be said
            kind = self._discovery.of(document) if "apiVersion" in document else self.kind(str(document.get("kind")))
            path = f"/openapi/v3/{'apis' if kind.group else 'api'}/{kind.api_version}"
            return schema_of(self._json("GET", path, doing="tell its schema"), kind)
        return None

    def _json(
        self,
        method: str,
        path: str,
        query: Query = (),
        body: Object | None = None,
        content: str = "application/json",
        *,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Object:
        sent = None if body is None else json.dumps(body).encode()
        answer = self.connection.request(method, path, query, sent, {"Content-Type": content, **(headers or {})}, **options)
        found: Object = json.loads(answer.body)
        return found
