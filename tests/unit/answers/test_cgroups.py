"""The kernel's limits for a container, in both versions of control groups."""

from dataclasses import dataclass, field
from math import inf
from typing import Any

import pytest

from kubelab.answers import cgroups
from kubelab.answers.cgroups import Group
from kubelab.answers.replies import Unasked
from kubelab.client import Refused
from kubelab.output import Output
from tests.unit.conftest import Look
from tests.unit.objects import pod
from tests.unit.scripted import Lab

FIRST = """\
/sys/fs/cgroup/cpu/cpu.stat:nr_periods 41
/sys/fs/cgroup/cpu/cpu.stat:nr_throttled 24
/sys/fs/cgroup/cpu/cpu.stat:throttled_time 182970483
/sys/fs/cgroup/cpu/cpu.cfs_quota_us:20000
/sys/fs/cgroup/memory/memory.limit_in_bytes:104857600
"""
FIRST_FREE = FIRST.replace("24", "0").replace("20000", "-1").replace("104857600", "9223372036854771712")
SECOND = """\
/sys/fs/cgroup/cpu.stat:usage_usec 6000
/sys/fs/cgroup/cpu.stat:nr_periods 41
/sys/fs/cgroup/cpu.stat:nr_throttled 24
/sys/fs/cgroup/cpu.max:20000 100000
/sys/fs/cgroup/memory.max:104857600
"""
SECOND_FREE = SECOND.replace("24", "0").replace("20000 ", "max ").replace("104857600", "max")
RUNS = pod("web", ready=True)


@dataclass
class Container:
    """A client that is only asked to `execute`."""

    says: Output | Refused
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def execute(self, *words: Any) -> Output:
        """Record the command."""
        self.asked.append(words)
        if isinstance(self.says, Refused):
            raise self.says
        return self.says


@pytest.mark.parametrize("text", [FIRST, SECOND])
def test_a_limited_group_is_read_in_both_versions(text: str) -> None:
    """Microseconds of CPU per period, bytes of memory."""
    group = cgroups.parse(text)

    assert group == Group(throttled=24, cpu=20000, memory=104857600)
    assert str(group) == "24 periods throttled, CPU limited to 20000, memory limited to 104857600"


@pytest.mark.parametrize("text", [FIRST_FREE, SECOND_FREE])
def test_a_group_without_limits_is_read_in_both_versions(text: str) -> None:
    """Version 1 says -1, and a number of bytes that no machine has."""
    group = cgroups.parse(text)

    assert group == Group(throttled=0, cpu=inf, memory=inf)
    assert str(group) == "0 periods throttled, no limit of CPU, no limit of memory"


def test_without_a_control_group_there_are_no_limits() -> None:
    """As long as the container does not run."""
    assert cgroups.parse("") is None
    assert cgroups.parse("container not found") is None


def test_a_container_is_throttled_so_often(lab: Lab, look: Look) -> None:
    """At least that often."""
    lab.put(RUNS)

    assert look(cgroups.throttled("web", "main", 24, lambda _pod, _container: FIRST)).met
    seen = look(cgroups.throttled("web", "main", 25, lambda _pod, _container: FIRST))
    assert (seen.met, seen.hopeless) == (False, "")
    assert seen.seen.startswith("24 periods throttled")


def test_having_been_throttled_does_not_pass(lab: Lab, look: Look) -> None:
    """Waiting cannot help."""
    lab.put(RUNS)

    assert look(cgroups.never_throttled("web", "main", lambda _pod, _container: SECOND_FREE)).met
    assert look(cgroups.never_throttled("web", "main", lambda _pod, _container: SECOND)).hopeless.startswith("24 periods")


def test_the_whole_node_is_neither_limit(lab: Lab, look: Look) -> None:
    """Without either limit, not just without one of them."""
    lab.put(RUNS)
    half = SECOND_FREE.replace("memory.max:max", "memory.max:104857600")

    assert look(cgroups.unlimited("web", "main", lambda _pod, _container: FIRST_FREE)).met
    assert look(cgroups.unlimited("web", "main", lambda _pod, _container: half)).hopeless
    assert look(cgroups.unlimited("web", "main", lambda _pod, _container: SECOND)).hopeless


def test_a_container_that_does_not_run_is_not_asked(lab: Lab, look: Look) -> None:
    """Nor a pod that does not exist."""

    def ask(_pod: str, _container: str) -> str:
        raise AssertionError

    assert look(cgroups.unlimited("web", "main", ask)).seen == 'no Pod "web"'
    lab.put(pod("web"))
    assert look(cgroups.unlimited("web", "main", ask)).seen == "web, Pending"


def test_the_container_itself_is_asked() -> None:
    """By name; a refusal is not an answer."""
    client: Any = Container(Output(2, FIRST, ""))
    gone: Any = Container(Refused(500, "", "container not found", "run a command"))

    assert cgroups.Inside(client, "lab")("web", "main") == FIRST
    assert client.asked == [("web", "lab", cgroups.READ, "main")]
    refused = cgroups.Inside(gone, "lab")("web", "main")
    assert isinstance(refused, Unasked)
    assert "container not found" in refused.why
