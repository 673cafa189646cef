"""Run one scenario in a folder of its own, to its end or until something happens to it: what a student types, in a separate process."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kubelab.client import Client

WAITS = '  Scenario: {title}\n    Given I apply "later.yaml"\n    Then Pod "later-1" is ready within 90 seconds\n'
"""It waits for all of its limit: a CronJob may create a Pod at any time."""
PASSES = "  Scenario: {title}\n    Then no Pod was created\n"
FROM_A_TERMINAL = ("env", "--default-signal=INT")
"""A command prefix that restores Ctrl-C: a script's background job ignores it, and so do its children."""
IN_THE_BACKGROUND = ("env", "--ignore-signal=INT")
"""A command prefix that starts the command as a script's background job."""
MANIFESTS = {
    "later.yaml": """apiVersion: batch/v1
kind: CronJob
metadata: {name: later}
spec:
  schedule: "0 0 1 1 *"
  suspend: true
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: later, image: busybox}]}}}}
""",
    "held.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: held, finalizers: [kubelab.test/stay]}\n",
    "made.yaml": """apiVersion: v1
kind: Namespace
metadata: {name: NAMESPACE-team}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: NAMESPACE-reader}
rules: []
""",
    "web.yaml": """apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: web, image: "nginx:1.18"}]
""",
}
"""The files that the scenarios may apply."""


def command(folder: Path, scenario: str, title: str, *words: str) -> list[str]:
    """The command that runs one scenario in a folder, and the folder made ready for it."""
    folder.mkdir(exist_ok=True)
    (folder / "pytest.ini").touch()
    for name, text in MANIFESTS.items():
        (folder / name).write_text(text)
    (folder / "a.feature").write_text("Feature: A\n" + scenario.format(title=title))
    return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", str(folder / "a.feature"), *words]


def run(folder: Path, scenario: str, title: str, *words: str) -> str:
    """Run one scenario to its end; returns the output of pytest."""
    done = subprocess.run(command(folder, scenario, title, *words), capture_output=True, text=True, check=False, timeout=180)
    return done.stdout + done.stderr


@contextmanager
def running(
    client: Client, folder: Path, title: str, *words: str, scenario: str = WAITS, started_as: Sequence[str] = FROM_A_TERMINAL
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A run that waits in its scenario, and the name of its namespace."""
    with begun([*started_as, *command(folder, scenario, title, *words)]) as process:
        yield process, awaited(lambda: names(client, title))[0]


@contextmanager
def begun(words: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A command that ends with the block."""
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def children(process: subprocess.Popen[str]) -> list[int]:
    """The processes that it has started: of a parallel run, its workers."""
    return [int(one) for one in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def names(client: Client, title: str) -> list[str]:
    """The namespaces of the scenario of this title, including those being deleted."""
    return [one["metadata"]["name"] for one in client.list("Namespace", labels=f"kubelab/scenario={title}")]


def awaited(look: Callable[[], Any], limit: float = 60) -> Any:
    """The result of the look as soon as it is not empty."""
    end = time.monotonic() + limit
    while not (found := look()):
        assert time.monotonic() < end, "it did not come in time"
        threading.Event().wait(0.2)
    return found
