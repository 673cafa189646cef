"""A refusal of the API server in the words of the manifest: file, line and field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kubelab.client import Refused, Unserved
from kubelab.manifests.documents import Document

if TYPE_CHECKING:
    from kubelab.client import Client


VIOLATES = "violates PodSecurity"
"""How the API server says that a Pod asks for more than the Pod Security level of its namespace allows."""
PRIVILEGED = "A lab whose Pods need more than the Pod Security level baseline has the tag @privileged."


def privileged_hint(message: str) -> str:
    """What to do about a refusal by Pod Security, "" for any other one."""
    return PRIVILEGED if VIOLATES in message else ""


@contextmanager
def told(client: "Client", document: Document, title: str, body: Mapping[str, Any]) -> Iterator[None]:
    """While a document, or a part of the object named by `title`, is sent: LabFailure for a refusal, with a line for each field."""
    try:
        yield
    except Unserved as unserved:
        raise document.refused([((unserved.field,), str(unserved))], title) from unserved
    except Refused as refused:
        raise document.refused(client.explained(body, refused), title, privileged_hint(refused.message)) from refused
