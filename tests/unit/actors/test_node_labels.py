"""A Pod that the scheduler has placed by a node's labels, and that the kubelet there refused."""

from typing import Any

import pytest

from tests.unit.actors.world import Scene, event, node
from tests.unit.objects import changed, pod

SSD = changed(node(), metadata={"labels": {"type": "ssd"}})
REFUSED = pod("test", node="n1", phase="Failed", status={"reason": "NodeAffinity"}, spec={"nodeSelector": {"type": "ssd"}})
PLACED = event(REFUSED, "Scheduled")


def test_a_kubelet_that_did_not_know_its_labels_yet_is_named() -> None:
    """No lab can do anything about that: Kubernetes 1.34 does so now and then."""
    said = Scene(SSD, PLACED, REFUSED).absent(REFUSED)

    assert said == 'the kubelet of node n1 refused Pod "test", since it did not know the labels of its node yet'


@pytest.mark.parametrize(
    "world",
    [
        [node(), PLACED, REFUSED],
        [SSD, REFUSED],
        [SSD, PLACED, changed(REFUSED, status={"reason": "OutOfcpu"})],
        [SSD, PLACED, changed(REFUSED, spec={"nodeSelector": {"type": "hdd"}})],
        [SSD, PLACED, changed(REFUSED, spec={"nodeSelector": {}})],
    ],
    ids=["a label that is gone", "a node that the lab has named", "another reason", "another label", "no label"],
)
def test_a_refusal_that_the_lab_has_caused_is_its_own(world: list[Any]) -> None:
    """The kubelet was right, or it said something else."""
    assert "labels of its node" not in Scene(*world).absent(world[-1])
