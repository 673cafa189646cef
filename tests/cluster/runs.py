"""Run one scenario in a folder of its own, to its end or until something happens to it: what a student types, in a process of its own."""

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
"""It waits all of its limit: a CronJob may make a Pod at any time."""
PASSES = "  Scenario: {title}\n    Then no Pod was created\n"
FROM_A_TERMINAL = ("env", "--default-signal=INT")
"""Words before a command that is to hear Ctrl-C: a script's background job ignores it, and so do its children."""
IN_THE_BACKGROUND = ("env", "--ignore-signal=INT")
"""Words before a command that is to run as a script's background job does."""
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
"""What the scenarios may apply."""


def command(folder: Path, scenario: str, title: str, *words: str) -> list[str]:
    """The command that runs one scenario in a folder, and the folder made ready for it."""
    folder.mkdir(exist_ok=True)
    (folder / "pytest.ini").touch()
    for name, text in MANIFESTS.items():
        (folder / name).write_text(text)
    (folder / "a.feature").write_text("Feature: A\n" + scenario.format(title=title))
    return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", str(folder / "a.feature"), *words]


def run(folder: Path, scenario: str, title: str, *words: str) -> str:
    """Run one scenario to its end; what pytest printed."""
    done = subprocess.run(command(folder, scenario, title, *words), capture_output=True, text=True, check=False, timeout=180)
    return done.stdout + done.stderr


@contextmanager
def running(
    client: Client, folder: Path, title: str, *words: str, scenario: str = WAITS, started_as: Sequence[str] = FROM_A_TERMINAL
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A run that waits in its scenario, and the name of its namespace."""
    started = [*started_as, *command(folder, scenario, title, *words)]
    with subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process, awaited(lambda: names(client, title))[0]
        finally:
            process.kill()


def names(client: Client, title: str) -> list[str]:
    """The namespaces of the scenario of this title, those that are ending too."""
    return [one["metadata"]["name"] for one in client.list("Namespace", labels=f"kubelab/scenario={title}")]


def awaited(look: Callable[[], Any], limit: float = 60) -> Any:
    """What the look gives once it gives something."""
    end = time.monotonic() + limit
    while not (found := look()):
        assert time.monotonic() < end, "it did not come in time"
        threading.Event().wait(0.2)
    return found
