"""The API server in raw JSON: verbs, kinds, logs, commands, watches. `kubernetes` is imported when a Client is made, not before."""

from kubelab.client.client import Client
from kubelab.client.connection import Response
from kubelab.client.discovery import Unserved
from kubelab.client.kinds import Kind, companions
from kubelab.client.refusals import Refused
from kubelab.client.stream import Rejected, WatchStream

__all__ = ["Client", "Kind", "Refused", "Rejected", "Response", "Unserved", "WatchStream", "companions"]
