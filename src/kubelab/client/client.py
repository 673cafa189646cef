"""The verbs of one cluster in raw JSON: what goes in and comes out is what the API server speaks."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kubelab.client.connection import NOT_TWICE, Connection, Query, as_query
from kubelab.client.discovery import Discovery
from kubelab.client.exec_stream import Executed, execute
from kubelab.client.fields import Keys
from kubelab.client.kinds import Kind
from kubelab.client.objects import Object, at
from kubelab.client.refusals import Refused, if_permitted
from kubelab.client.stream import WatchStream
from kubelab.errors import LabFailure, SetupTrouble

if TYPE_CHECKING:
    from kubelab.client.explanation import Told
    from kubelab.client.schema import Schema

Cascade = Literal["Background", "Foreground", "Orphan"]
MANAGER = "kubelab"
GONE = 404
REVIEWS = "authorization.k8s.io/v1"
METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
Objects = list[Object]  # inside the class, "list" is the verb


class Client:
    """One context of one kubeconfig. Safe to use from several threads.

    Every verb raises Refused (a LabFailure) with the API server's reason, and SetupTrouble when it does not answer.
    """

    def __init__(self, kubeconfig: Path, context: str) -> None:
        self.connection = Connection.of(kubeconfig, context)
        self._discovery = Discovery(self.connection)

    def bearing(self, token: str) -> "Client":
        """A client of the same cluster as the account that the token names."""
        other = copy(self)
        other.connection = self.connection.bearing(token)
        return other

    def kind(self, name: str) -> Kind:
        """The kind of that name; LabFailure with the nearest ones for an unknown one."""
        return self._discovery.kind(name)

    def resolve(self, word: str) -> Sequence[Kind]:
        """The kinds that kubectl takes a word for; none for an unknown one."""
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
        """The objects of a kind (of each only its metadata, if so asked), and the resource version to watch from."""
        headers = {"Accept": METADATA} if metadata else {}
        path = self.kind(kind).path(namespace)
        found = self._json("GET", path, query, headers=headers, doing=f"list {kind}s", timeout=timeout)
        return found.get("items") or [], str(at(found, "metadata", "resourceVersion", default=""))

    def kinds(self) -> Sequence[Kind]:
        """The kinds whose objects live in namespaces, each in the version the server prefers."""
        return self._discovery.emptied()

    def contents(self, namespace: str | None) -> Iterator[Object]:
        """The metadata of every object of a namespace (of all, for None) but its events: what its deletion has to take away.

        What this account may not list it has not made.
        """
        for kind in self._discovery.emptied():
            if kind.kind != "Event":
                yield from if_permitted(partial(self._metadata, kind, namespace))

    def _metadata(self, kind: Kind, namespace: str | None) -> Objects:
        answer = self._json("GET", kind.path(namespace), headers={"Accept": METADATA}, doing=f"list {kind.plural}")
        return answer.get("items") or []

    def create(self, document: Object, namespace: str | None = None) -> Object:
        """Create an object; refused when it exists."""
        path = self._discovery.of(document).path(_home(document, namespace))
        return self._json("POST", path, _manager(), document, doing=f"create {_title(document)}", retries=NOT_TWICE)

    def rehearse(self, document: Object, namespace: str) -> Object:
        """What the API server would make of an object, which is not created: its defaults are filled in; refused as `create` is."""
        path, query = self._discovery.of(document).path(namespace), [*_manager(), ("dryRun", "All")]
        return self._json("POST", path, query, document, doing=f"create {_title(document)}")

    def may(self, verb: str, kind: str, namespace: str = "", part: str = "") -> bool:
        """Whether this account may do that to any object of a kind, or to a part of it such as "status"; "" is all namespaces."""
        known = self.kind(kind)
        asked = {"verb": verb, "group": known.group, "resource": known.plural, "subresource": part, "namespace": namespace}
        review = {"apiVersion": REVIEWS, "kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes": asked}}
        answer = self._json("POST", f"/apis/{REVIEWS}/selfsubjectaccessreviews", (), review, doing="tell what this account may do")
        return bool(at(answer, "status", "allowed", default=False))

    def token(self, account: str, namespace: str, seconds: int) -> str:
        """A fresh token of a ServiceAccount, good for at least that number of seconds, or until the account is deleted (TokenRequest)."""
        asked = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": seconds}}
        path = self.kind("ServiceAccount").path(namespace, account, "token")
        answer = self._json("POST", path, (), asked, doing=f'give a token to ServiceAccount "{account}"')
        return str(answer["status"]["token"])

    def apply(self, document: Object, namespace: str | None = None) -> Object:
        """Server-side apply as field manager "kubelab", taking over fields of other managers; generateName means create."""
        if not at(document, "metadata", "name"):
            return self.create(document, namespace)
        path = self._discovery.of(document).path(_home(document, namespace), document["metadata"]["name"])
        query = [*_manager(), ("force", "true")]
        return self._json("PATCH", path, query, document, "application/apply-patch+yaml", doing=f"apply {_title(document)}")

    def patch(self, kind: str, name: str, change: Mapping[str, Any], namespace: str | None = None, part: str = "") -> Object:
        """Merge a change into an object (JSON merge patch: lists are replaced, null removes), or into a part such as "scale"."""
        path = self.kind(kind).path(namespace, name, part)
        return self._json("PATCH", path, _manager(), change, "application/merge-patch+json", doing=f'change {kind} "{name}"')

    def edit(self, kind: str, name: str, change: Mapping[str, Any], namespace: str | None = None) -> Object:
        """Merge a change into an object of Kubernetes' own kinds, lists by their merge key, as `kubectl edit` does."""
        path, content = self.kind(kind).path(namespace, name), "application/strategic-merge-patch+json"
        return self._json("PATCH", path, _manager(), change, content, doing=f'edit {kind} "{name}"')

    def delete(
        self, kind: str, name: str, namespace: str | None = None, grace: int | None = None, cascade: Cascade = "Background"
    ) -> Object:
        """Ask for an object's deletion; it may live on for its grace period (seconds; the object's own for None)."""
        options: dict[str, Any] = {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": cascade}
        if grace is not None:
            options["gracePeriodSeconds"] = grace
        return self._json("DELETE", self.kind(kind).path(namespace, name), (), options, doing=f'delete {kind} "{name}"')

    def execute(self, pod: str, namespace: str, argv: Sequence[str], container: str | None = None, timeout: float = 30.0) -> Executed:
        """Run a command in a container (the only one, for None)."""
        return execute(self.connection, f"{self.kind('Pod').path(namespace, pod)}/exec", argv, container, timeout)

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
        """Which of these places in a part of an object no object of the kind has; the API server's schema is read if there are any."""
        from kubelab.client.explanation import misplaced  # noqa: PLC0415

        return misplaced(paths, part, self.schema({"kind": kind})) if paths else []

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


def _manager() -> list[tuple[str, str]]:
    return [("fieldManager", MANAGER), ("fieldValidation", "Strict")]


def _home(document: Object, namespace: str | None) -> str | None:
    return at(document, "metadata", "namespace") or namespace


def _title(document: Object) -> str:
    return f'{document.get("kind")} "{at(document, "metadata", "name", default="")}"'
