"""Exit codes with their meaning."""

from typing import Any

import pytest

from kubelab.conditions.exit_codes import exit_in_words
from kubelab.conditions.in_words import pod_in_words
from kubelab.hopeless.crashes import crashing
from tests.unit.objects import pod


@pytest.mark.parametrize(
    ("ended", "says"),
    [
        ({"exitCode": 1}, "exit code 1"),
        ({"exitCode": 127}, "exit code 127: command not found"),
        ({"exitCode": 137, "reason": "OOMKilled"}, "exit code 137: killed, it used more memory than its limit"),
        ({"exitCode": 137}, "exit code 137: killed (SIGKILL)"),
        ({"exitCode": 143}, "exit code 143: it was asked to end (SIGTERM)"),
        ({}, "exit code unknown"),
    ],
)
def test_what_an_exit_code_means(ended: dict[str, Any], says: str) -> None:
    """Only codes that mean the same for every program."""
    assert exit_in_words(ended) == says


def test_it_is_said_of_a_pod() -> None:
    """For a pod that ended, and for one that keeps crashing."""
    status = {"name": "main", "restartCount": 0, "state": {"terminated": {"exitCode": 127, "reason": "Error"}}}
    item = pod(phase="Failed", status={"containerStatuses": [status]})
    again = pod(status={"containerStatuses": [status | {"restartCount": 1}]})

    assert pod_in_words(item) == "web, Failed, Error (exit code 127: command not found)"
    assert crashing(again) == "CrashLoopBackOff: container main ended with exit code 127: command not found"
