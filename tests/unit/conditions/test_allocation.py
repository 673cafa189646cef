"""What `kubectl describe nodes` counts for a pod, and that the node's sum is correct."""

import pytest

from kubelab.conditions.printed import allocation
from kubelab.errors import LabFailure
from kubelab.output import Output

DESCRIBED = """\
Name:               worker
Roles:              <none>
Allocatable:
  cpu:                2
Non-terminated Pods:          (3 in total)
  Namespace                   Name                CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
  ---------                   ----                ------------  ----------  ---------------  -------------  ---
  kube-system                 kube-proxy-5jwd2    0 (0%)        0 (0%)      0 (0%)           0 (0%)         3m10s
  lab                         web                 1 (50%)       0 (0%)      0 (0%)           0 (0%)         3s
  other                       web                 250m (12%)    0 (0%)      70Mi (0%)        170Mi (0%)     3s
Allocated resources:
  (Total limits may be over 100 percent, i.e., overcommitted.)
  Resource           Requests      Limits
  --------           --------      ------
  cpu                1250m (62%)   0 (0%)
  memory             70Mi (0%)     170Mi (1%)
Events:              <none>


Name:               other-worker
Roles:              <none>
Non-terminated Pods:          (0 in total)
  Namespace                   Name                CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
  ---------                   ----                ------------  ----------  ---------------  -------------  ---
Allocated resources:
  Resource           Requests      Limits
  --------           --------      ------
  cpu                0 (0%)        0 (0%)
Events:              <none>
"""
OUTPUT = Output(0, DESCRIBED, "")


def test_a_pod_is_counted_in_the_sum_of_its_node() -> None:
    """By namespace and name, however the quantity is written."""
    allocation.counts(OUTPUT, ("lab", "web"), "1")
    allocation.counts(OUTPUT, ("lab", "web"), "1000m")
    allocation.counts(OUTPUT, ("other", "web"), "250m")


@pytest.mark.parametrize(
    ("text", "pod", "cpu"),
    [
        (DESCRIBED, ("lab", "web"), "2"),
        (DESCRIBED, ("lab", "db"), "0"),
        (DESCRIBED.replace("1250m (62%)", "250m (12%)"), ("lab", "web"), "1"),
        ("NAME   STATUS\nworker Ready\n", ("lab", "web"), "1"),
    ],
)
def test_a_different_count_is_reported(text: str, pod: tuple[str, str], cpu: str) -> None:
    """Another request, no such pod, a sum without it, no description at all."""
    with pytest.raises(LabFailure) as failure:
        allocation.counts(Output(0, text, ""), pod, cpu)

    assert failure.value.expected == f'the output counts "{cpu}" CPU for Pod "{pod[1]}" in the sum of its node'
    assert "worker" in failure.value.last_saw


def test_a_pod_that_went_is_counted_no_more() -> None:
    """On no node, and the sum of each node is still correct."""
    allocation.counts_nothing(OUTPUT, ("lab", "db"))

    for text in (DESCRIBED, DESCRIBED.replace("  lab   ", "  gone  "), "nothing"):
        with pytest.raises(LabFailure, match="counts no CPU"):
            allocation.counts_nothing(Output(0, text.replace("1250m", "1m") if "gone" in text else text, ""), ("lab", "web"))
