"""A container's limits and throttling as the kernel sees them: its control group, version 1 or 2, read from inside."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from kubelab.answers.replies import Unasked
from kubelab.client import Client
from kubelab.conditions.build import not_there
from kubelab.conditions.in_words import pod_in_words
from kubelab.conditions.pods import status_of
from kubelab.errors import LabFailure
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.5
"""Seconds between two looks."""
STATISTICS = ("cpu.stat", "cpu/cpu.stat")
CPU = ("cpu.max", "cpu/cpu.cfs_quota_us")
MEMORY = ("memory.max", "memory/memory.limit_in_bytes")
"""Files under /sys/fs/cgroup, of version 2 and version 1: the throttled periods, and the limits."""
READ = ("grep", "-sH", "", *(f"/sys/fs/cgroup/{file}" for file in (*STATISTICS, *CPU, *MEMORY)))
"""Prints each line of the files that exist, with the file's name before it."""
ENDLESS = 2.0**60
"""In version 1, a limit that no machine has means no limit."""

Ask = Callable[[str, str], str | Unasked]
"""What `READ` prints in a container of a pod, or why it could not be run there."""


@dataclass(frozen=True)
class Inside:
    """Reads in the container itself."""

    client: Client
    namespace: str

    def __call__(self, pod: str, container: str) -> str | Unasked:
        """The files' lines."""
        try:
            return self.client.execute(pod, self.namespace, READ, container).out
        except LabFailure as refused:
            return Unasked(f'container "{container}" of Pod "{pod}" cannot be asked: {refused}')


@dataclass(frozen=True)
class Group:
    """A container's control group: how many periods were throttled, and the limits, infinite where there is none.

    `cpu` is in microseconds a period, `memory` in bytes.
    """

    throttled: int
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.throttled} periods throttled, {_limit('CPU', self.cpu)}, {_limit('memory', self.memory)}"


def throttled(pod: str, container: str, times: int, ask: Ask) -> Condition:
    """`container "web" of Pod "web" has been throttled at least 3 times`: in that number of periods it used up its CPU limit."""
    says = f"has been throttled at least {times} time{'' if times == 1 else 's'}"
    return _group(pod, container, says, lambda group: group.throttled >= times, ask)


def never_throttled(pod: str, container: str, ask: Ask) -> Condition:
    """`container "web" of Pod "web" has never been throttled`: not since this container started."""
    return _group(pod, container, "has never been throttled", lambda group: group.throttled == 0, ask, final=True)


def unlimited(pod: str, container: str, ask: Ask) -> Condition:
    """`container "web" of Pod "web" may use the whole node`: the kernel limits neither its CPU nor its memory."""
    return _group(pod, container, "may use the whole node", lambda group: group.cpu == group.memory == inf, ask, final=True)


def parse(text: str) -> Group | None:
    """What `READ` printed; None where it failed."""
    cpu, memory = _line(text, CPU), _line(text, MEMORY)
    count = re.search(r"cpu\.stat:nr_throttled (\d+)", text)
    return Group(int(count[1]), _bound(cpu), _bound(memory)) if count and cpu and memory else None


def _group(pod: str, container: str, says: str, holds: Callable[[Group], bool], ask: Ask, *, final: bool = False) -> Condition:
    """A condition on the group of a running container; a `final` one does not become true by waiting."""

    def observe(view: View) -> Observation:
        found = view.find("Pod", pod)
        if found is None:
            return not_there(view, "Pod", pod)
        if "running" not in (status_of(found, container).get("state") or {}):
            return Observation(met=False, seen=pod_in_words(found), about=(found,), unseen=True)
        said = ask(pod, container)
        group = None if isinstance(said, Unasked) else parse(said)
        if group is None:
            why = said.why if isinstance(said, Unasked) else f"its control group cannot be read: {said.strip() or 'no such files'}"
            return Observation(met=False, seen=f"{pod_in_words(found)}; {why}", about=(found,), unseen=True)
        met = holds(group)
        return Observation(met, str(group), hopeless=str(group) if final and not met else "", about=(found,))

    return Condition(f'container "{container}" of Pod "{pod}" {says}', observe, every=EVERY)


def _line(text: str, files: tuple[str, ...]) -> str:
    found = (re.search(rf"^/sys/fs/cgroup/{re.escape(file)}:(\S+)", text, re.MULTILINE) for file in files)
    return next((match[1] for match in found if match), "")


def _bound(text: str) -> float:
    return inf if text in {"max", "-1"} or float(text) >= ENDLESS else float(text)


def _limit(what: str, bound: float) -> str:
    return f"no limit of {what}" if bound == inf else f"{what} limited to {bound:.0f}"
