"""The verbs that change a cluster, in raw JSON: what goes in and comes out is what the API server speaks."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from kubelab.client.attachment import is_running
from kubelab.client.connection import NOT_TWICE
from kubelab.client.exec_stream import execute
from kubelab.client.objects import Object, at
from kubelab.client.read_only import ReadOnlyClient
from kubelab.output import Output

Cascade = Literal["Background", "Foreground", "Orphan"]
MANAGER = "kubelab"


class Client(ReadOnlyClient):
    """One context of one kubeconfig. Safe to use from several threads."""

    def create(self, document: Object, namespace: str | None = None) -> Object:
        """Create an object; refused when it exists."""
        path = self._discovery.of(document).path(_home(document, namespace))
        return self._json("POST", path, _manager(), document, doing=f"create {_title(document)}", retries=NOT_TWICE)

    def rehearse(self, document: Object, namespace: str) -> Object:
        """What the API server would make of an object, which is not created: its defaults are filled in; refused as `create` is."""
        path, query = self._discovery.of(document).path(namespace), [*_manager(), ("dryRun", "All")]
        return self._json("POST", path, query, document, doing=f"create {_title(document)}")

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

    def delete_all(self, kind: str, namespace: str, grace: int) -> Object:
        """Ask for the deletion of all objects of a kind in a namespace; each may live on for `grace` seconds."""
        options = {"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": grace}
        return self._json("DELETE", self.kind(kind).path(namespace), (), options, doing=f"delete all {kind}s of {namespace}")

    def execute(self, pod: str, namespace: str, argv: Sequence[str], container: str | None = None, timeout: float = 30.0) -> Output:
        """Run a command in a container (the only one, for None)."""
        return execute(self.connection, f"{self.kind('Pod').path(namespace, pod)}/exec", argv, container, timeout)

    def is_running(self, pod: str, namespace: str, container: str) -> bool:
        """Whether a container runs at this moment, as its kubelet says; True where the kubelet cannot be asked."""
        return is_running(self.connection, f"{self.kind('Pod').path(namespace, pod)}/attach", container)


def _manager() -> list[tuple[str, str]]:
    return [("fieldManager", MANAGER), ("fieldValidation", "Strict")]


def _home(document: Object, namespace: str | None) -> str | None:
    return at(document, "metadata", "namespace") or namespace


def _title(document: Object) -> str:
    return f'{document.get("kind")} "{at(document, "metadata", "name", default="")}"'
