"""The last lines of the logs of the containers concerned, also of their previous run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kubelab.client import Client
from kubelab.client.objects import Object, all_statuses, at, is_true, name, namespace

TAIL = 20
MANY = 6
TIMEOUT = 4.0


@dataclass(frozen=True)
class WantedLog:
    """One container's run."""

    pod: str
    namespace: str
    container: str
    previous: bool


def wanted(about: Sequence[Object]) -> Mapping[str, WantedLog]:
    """The runs whose logs may help, by title: of the pods that are not ready, or of all pods if all are ready."""
    pods = [thing for thing in about if thing.get("kind") == "Pod"]
    unready = [pod for pod in pods if not is_true(pod, "Ready")]
    runs = [run for pod in unready or pods for run in _runs(pod)]
    return {_title(run): run for run in runs[:MANY]}


def lines(client: Client, run: WantedLog) -> list[str]:
    """Its last lines."""
    text = client.logs(run.pod, run.namespace, run.container, previous=run.previous, tail=TAIL, timeout=TIMEOUT)
    return text.splitlines()


def _runs(pod: Object) -> list[WantedLog]:
    runs = []
    for status in all_statuses(pod):
        again = at(status, "restartCount", default=0) > 0
        if again or any(at(status, "state", state) is not None for state in ("running", "terminated")):
            runs += [
                WantedLog(name(pod), namespace(pod), str(status["name"]), previous) for previous in ((False, True) if again else (False,))
            ]
    return runs


def _title(run: WantedLog) -> str:
    return f"logs of {run.pod}, container {run.container}" + (", before its restart" if run.previous else "")
