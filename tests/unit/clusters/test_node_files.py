"""What a lab may run on a node: programs that only read."""

from collections.abc import Sequence
from typing import Any

import pytest

from kubelab.clusters import node_files
from kubelab.clusters.process import NOT_FOUND
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.output import Output


class Node:
    """A provider that records what it is asked to run."""

    def __init__(self, output: Output | None = None) -> None:
        self.output, self.ran = output or Output(0, "said", ""), list[tuple[str, Sequence[str]]]()

    def execute(self, node: str, argv: Sequence[str], *, timeout: float) -> Output:
        """Its output is the given one."""
        assert timeout == node_files.LIMIT
        self.ran.append((node, argv))
        return self.output


@pytest.mark.parametrize(
    "line",
    [
        "ip route",
        "ip -br addr show eth0",
        "ip -4 -o addr",
        "ip route show table all",
        "ip route get 10.244.1.3",
        "ip link show type veth",
        "bridge link",
        "cat /proc/sys/net/ipv4/ip_forward /etc/cni/net.d/10-kubelab.conflist",
        "cat /proc/net/route /proc/meminfo /proc/pressure/cpu /etc/hosts /etc/resolv.conf",
        "cat /sys/class/net/eth0/mtu /sys/class/net/veth1@if2/statistics/rx_bytes",
        "cat /sys/fs/cgroup/kubelet.slice/kubelet-kubepods.slice/cpu.max",
        "cat /proc/sys/kernel/pid_max",
        "iptables-save -t nat -c",
    ],
)
def test_what_only_reads_runs_in_the_node(line: str) -> None:
    """Split as a shell would, but without one."""
    node: Any = Node()

    assert node_files.read(node, "worker", line).out == "said"
    assert node.ran == [("worker", line.split())]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ls",
        "bash -c 'ip route'",
        "ip route add 10.0.0.0/8 via 10.0.0.1",
        "ip r a 10.0.0.0/8 via 10.0.0.1",
        "ip l s eth0 down",
        "ip link set eth0 down",
        "ip route flush",
        "ip -batch file",
        "ip -n other route",
        "ip netns exec other bash",
        "bridge fdb add x",
        "cat",
        "cat /etc/kubernetes/admin.conf",
        "cat /etc/shadow",
        "cat /proc/../etc/shadow",
        "cat /etc/hosts /etc/shadow",
        "cat /etc/hosts.allow",
        "cat /etc/cni/net.d/calico-kubeconfig",
        "cat /etc/cni/net.d/multus.d/multus.kubeconfig",
        "cat /proc/1/root/etc/kubernetes/admin.conf",
        "cat /proc/self/cwd/etc/shadow",
        "cat /proc/thread-self/root/etc/shadow",
        "cat /proc/1/environ",
        "cat /proc/1/fd/3",
        "cat /proc/1/mem",
        "cat /proc/1/map_files/0-1",
        "cat /proc/1/task/1/root/etc/shadow",
        "cat /proc/kcore",
        "cat /proc/keys",
        "cat /proc/config.gz",
        "cat /proc/sys/net/ipv4/tcp_fastopen_key",
        "cat /proc/sys/net/ipv6/conf/eth0/stable_secret",
        "cat /proc/sys/kernel/core_pattern",
        "cat /proc//1/root/etc/shadow",
        "cat /proc/./1/root/etc/shadow",
        "cat /proc/net/../1/root/etc/shadow",
        "cat /sys/kernel/debug/x",
        "cat /sys/class/net/eth0/device/driver/uevent",
        "cat /sys/class/net/eth0/subsystem/lo/address",
        "cat /sys/firmware/acpi/tables/DSDT",
        "cat -A /etc/hosts",
        "iptables-save -f /etc/passwd",
        "ip route 'show; reboot'",
    ],
)
def test_nothing_else_does(line: str) -> None:
    """The refusal says what may be run."""
    node: Any = Node()

    with pytest.raises(LabFailure, match="A lab only reads there, with ip, bridge, cat, iptables-save"):
        node_files.read(node, "worker", line)
    assert node.ran == []


def test_quotes_that_do_not_end_are_told() -> None:
    """They are not run."""
    node: Any = Node()

    with pytest.raises(LabFailure, match="check its quotes"):
        node_files.read(node, "worker", "ip 'route")


def test_a_program_that_the_node_lacks_is_trouble_of_the_run() -> None:
    """Not the lab's fault."""
    node: Any = Node(Output(NOT_FOUND, "", "executable file not found"))

    with pytest.raises(SetupTrouble, match='Node "worker" has no program "bridge": executable file not found'):
        node_files.read(node, "worker", "bridge link")
