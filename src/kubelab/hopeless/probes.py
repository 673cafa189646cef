"""Probes: what they ask a container for, how the container answers, and when they can never succeed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kubelab.client.objects import Object, all_statuses, at, name, uid
from kubelab.conditions.family import is_ending
from kubelab.conditions.in_words import containers, shortened
from kubelab.hopeless.crashes import ACCOUNT
from kubelab.observation import Change, View
from kubelab.waiting import Sighting

GRACE = 15.0
"""Seconds from the first failure on, times the patience: what a program may need to open its ports or to have its pages."""
TIMES = 3
"""The failures that it takes, so that a probe with a long period is not judged by its first try."""
FAILED = re.compile(r"^(Readiness|Liveness|Startup) probe (?:failed|errored)[^:]*: *(.*)", re.DOTALL)
STATUS = re.compile(r"statuscode: (\d+)")
WAYS = ("httpGet", "tcpSocket", "grpc")
FOR_GOOD = frozenset({401, 403, 404, 405, 410})
"""Status codes of a running server that does not have the page; 429 and 5xx can also come from one that is still starting."""


@dataclass(frozen=True)
class Refusal:
    """A probe that failed: its Pod and container, which of the three probes, and what the kubelet said after the colon."""

    pod: Object
    container: Object
    probe: str
    said: str

    @property
    def declared(self) -> Object:
        """The probe as the container declares it."""
        found: Object = at(self.container, f"{self.probe}Probe", default={})
        return found

    @property
    def port(self) -> int | str:
        """The port that it asks, by number where its name is known; "" for a probe that runs a command."""
        asked: int | str = at(self._request, "port", default="")
        return next((int(one["containerPort"]) for one in _ports(self.container) if one.get("name") == asked), asked)

    @property
    def opens(self) -> list[int]:
        """The ports that the Pod's containers name: they share one address."""
        return [int(port["containerPort"]) for one in containers(self.pod) for port in _ports(one)]

    @property
    def status(self) -> int:
        """The status code of the answer, 0 for none."""
        found = STATUS.search(self.said)
        return int(found[1]) if found else 0

    @property
    def is_refused(self) -> bool:
        """Whether nothing listens on the port."""
        return "connection refused" in self.said

    @property
    def is_for_good(self) -> bool:
        """Whether the container as it is declared can never answer otherwise."""
        if "host" in self._request or _mounts_something(self.container):
            return False
        elsewhere = self.is_refused and bool(self.opens) and self.port not in self.opens
        return elsewhere or self.status in FOR_GOOD or "executable file not found" in self.said

    def __str__(self) -> str:
        probe = f"its {self.probe} probe"
        if self.is_refused:
            opens = f"the container opens {', '.join(map(str, self.opens))}" if self.opens else "the container names no port"
            return f"{probe} is refused on port {self.port}" + (f"; {opens}" if self.port not in self.opens else ": nothing listens there")
        if self.status:
            path = at(self.declared, "httpGet", "path", default="/")
            return f'{probe} gets status {self.status} for the path "{path}" on port {self.port}'
        if "exec" in self.declared:
            command = " ".join(map(str, at(self.declared, "exec", "command", default=())))
            return f'the command of {probe} fails: "{command}": {shortened(self.said) or "it says nothing"}'
        return f"{probe} fails: {shortened(self.said)}"

    @property
    def _request(self) -> Object:
        return next((self.declared[way] for way in WAYS if self.declared.get(way)), {})


def refusals(view: View, pod: Object, *, since_when: bool = False) -> list[tuple[Change, Refusal]]:
    """The failed probes of a Pod's app containers, oldest first; if wanted, only those since the last When."""
    events = [event for event in view.history("Event", view.since if since_when else None) if at(event.object, "reason") == "Unhealthy"]
    mine = [event for event in events if at(event.object, "involvedObject", "uid") == uid(pod)]
    return [(event, found) for event in mine if (found := _refusal(pod, event.object))]


def refused_for_good(view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """Containers whose probe has failed again and again since the last When, and that have never been ready.

    Not every failure is hopeless: a program may open its port late, and a page may come with a file that something else writes. So only
    contradictions in the declaration of a container without volumes count: a port that no container of the Pod declares while they
    declare others; a path that a running server does not have (401, 403, 404, 405, 410); a command that is not in the image. It must
    have failed three times: `initialDelaySeconds` and a long period are the lab's choice. A startup probe allows the program
    failureThreshold x periodSeconds, and the wait lasts at least that long.
    """
    for pod in about:
        if pod.get("kind") == "Pod" and not is_ending(pod):
            found = refusals(view, pod, since_when=True)
            for container in containers(pod):
                mine = [(event, refusal) for event, refusal in found if refusal.container is container]
                if len(mine) >= TIMES and mine[-1][1].is_for_good and not _was_ready(view, pod, container):
                    begun = mine[0][0].time + max(0.0, _granted(container) - GRACE)
                    yield Sighting(begun, f"{name(pod)}: {mine[-1][1]}", "Compare the probe with what the container serves.")


def _refusal(pod: Object, event: Object) -> Refusal | None:
    said = FAILED.match(str(event.get("message", "")))
    concerned = str(at(event, "involvedObject", "fieldPath", default=""))
    container = next((one for one in containers(pod) if concerned == f"spec.containers{{{one['name']}}}"), None)
    return Refusal(pod, container, said[1].lower(), said[2].strip()) if said and container else None


def _was_ready(view: View, pod: Object, container: Object) -> bool:
    states = [change.object for change in view.history("Pod") if change.uid == uid(pod)]
    return any(status.get("name") == container["name"] and status.get("ready") for state in states for status in all_statuses(state))


def _granted(container: Object) -> float:
    """Seconds that a startup probe allows."""
    probe = container.get("startupProbe")
    return float(at(probe, "failureThreshold", default=3) * at(probe, "periodSeconds", default=10)) if probe else 0.0


def _ports(container: Object) -> Sequence[Object]:
    found: Sequence[Object] = at(container, "ports", default=())
    return found


def _mounts_something(container: Object) -> bool:
    return any(mount.get("mountPath") != ACCOUNT for mount in at(container, "volumeMounts", default=()))
