"""How a pod stands, in the few words a person would use."""

from typing import Any

import pytest

from kubelab.conditions.words import pod_in_words
from tests.unit.objects import changed, ending, pod

READY = pod("web", ready=True, node="worker")
LOST = changed(READY, status={"conditions": [{"type": "Ready", "status": "False"}]})


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (pod("web"), "web, Pending"),
        (READY, "web on worker, Running, Ready"),
        (LOST, "web on worker, Running, not ready"),
        (pod("web", phase="Running"), "web, Running, 0/1 ready"),
        (ending(LOST), "web on worker, Terminating"),
    ],
    ids=["not begun", "ready", "on a lost node", "begun", "asked to end"],
)
def test_a_pod_in_words(found: dict[str, Any], words: str) -> None:
    """What the control plane says of a pod counts more than what its containers last said of themselves."""
    assert pod_in_words(found) == words
