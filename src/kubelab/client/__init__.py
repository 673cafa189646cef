"""The API server in raw JSON: verbs, kinds, logs, commands, watches. `kubernetes` is imported when a Client is made, not before."""

from kubelab.client.client import Client
from kubelab.client.connection import Answer
from kubelab.client.discovery import Unserved
from kubelab.client.exec_stream import Executed
from kubelab.client.kinds import Kind, companions
from kubelab.client.refusals import Refused
from kubelab.client.stream import Rejected, WatchStream

__all__ = ["Answer", "Client", "Executed", "Kind", "Refused", "Rejected", "Unserved", "WatchStream", "companions"]
