"""A watch of a few seconds, for what appears or disappears soon."""

from collections.abc import Iterator
from contextlib import suppress

from kubelab.client.client import Client
from kubelab.client.connection import Query
from kubelab.client.connection_errors import ERRORS
from kubelab.client.objects import Object
from kubelab.client.stream import Rejected


def events(client: Client, kind: str, namespace: str | None, query: Query, seconds: int) -> Iterator[Object]:
    """What a watch tells in a number of seconds; a connection that breaks ends it, and the next look at the cluster tells the rest."""
    with suppress(*ERRORS, Rejected):
        yield from client.watch(kind, namespace, [*query, ("timeoutSeconds", str(seconds))], seconds + 5)
