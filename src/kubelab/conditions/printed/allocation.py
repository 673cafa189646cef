"""What a node's pods request together, as `kubectl describe nodes` adds it up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kubelab.conditions.printed.outputs import printed
from kubelab.errors import LabFailure
from kubelab.manifests.quantities import amount
from kubelab.output import Output

ROW = re.compile(r"^  (?P<namespace>\S+) +(?P<pod>\S+) +(?P<cpu>\S+) \(\d+%\) ", re.MULTILINE)
"""A line of the table of a node's pods: its first quantity is the CPU that the pod requests."""
SUM = re.compile(r"^Allocated resources:.*?^  cpu +(?P<cpu>\S+) ", re.MULTILINE | re.DOTALL)
"""The first quantity of the sums is the CPU requested."""


@dataclass(frozen=True)
class Allocation:
    """The CPU that a node has allocated: `requested` by each pod (namespace and name), and the `total`, in CPUs."""

    node: str
    requested: dict[tuple[str, str], float]
    total: float

    def adds_up(self) -> bool:
        """Whether the total is the sum over the pods."""
        return round(sum(self.requested.values()), 3) == round(self.total, 3)


def counts(output: Output, pod: tuple[str, str], cpu: str) -> None:
    """LabFailure unless one node counts that much CPU for the pod (namespace and name), and its total is the sum over its pods."""
    found = [node for node in allocations(output.out) if pod in node.requested]
    if not any(node.requested[pod] == amount(cpu) and node.adds_up() for node in found):
        raise LabFailure(expected=f'the output counts "{cpu}" CPU for Pod "{pod[1]}" in the sum of its node', last_saw=_told(output, pod))


def counts_nothing(output: Output, pod: tuple[str, str]) -> None:
    """LabFailure unless there are nodes, none counts the pod, and each one's total is the sum over its pods."""
    found = list(allocations(output.out))
    if not found or any(pod in node.requested or not node.adds_up() for node in found):
        raise LabFailure(expected=f'the output counts no CPU for Pod "{pod[1]}"', last_saw=_told(output, pod))


def allocations(text: str) -> Iterator[Allocation]:
    """What each node of `kubectl describe nodes` has allocated."""
    for block in re.split(r"^(?=Name: )", text, flags=re.MULTILINE):
        total = SUM.search(block)
        if total:
            pods = {(row["namespace"], row["pod"]): amount(row["cpu"]) for row in ROW.finditer(block[: total.start()])}
            yield Allocation(block.split(maxsplit=2)[1], pods, amount(total["cpu"]))


def _told(output: Output, pod: tuple[str, str]) -> str:
    told = [f"{one.node}: {one.total:g} in all, {one.requested.get(pod, 0):g} of it for {pod[1]}" for one in allocations(output.out)]
    return "; ".join(told) or printed(output)
