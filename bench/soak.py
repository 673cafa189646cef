"""The labs many times in a row: stops at the first run that is not green, or that leaves a namespace, a label or a taint behind."""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

from kubelab.client import Client
from kubelab.client.objects import Object, at, labels, name
from kubelab.clusters import provider
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import Settings
from kubelab.plugin.reaper import lives

GOES = 60
"""Seconds in which the namespaces of a run must be gone after its end."""


def main() -> None:
    """Run pytest with the given words as often as asked; print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20, help="how many (default: 20)")
    parser.add_argument("words", nargs="+", help="what pytest gets: paths and options")
    chosen = parser.parse_args()
    cluster = provider(Settings()).up(Progress())
    client = Client(cluster.kubeconfig, cluster.context)
    before = marks(client)
    for number in range(1, chosen.runs + 1):
        began = time.monotonic()
        run(chosen.words)
        print(f"run {number} of {chosen.runs}: green in {time.monotonic() - began:.0f} s", flush=True)
        nothing_left(client, before)


def run(words: Sequence[str]) -> None:
    """One run of pytest; if it was not green, exit with its whole output."""
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{done.stdout}{done.stderr}\nnot green: exit code {done.returncode}")


def nothing_left(client: Client, before: Sequence[tuple[object, ...]]) -> None:
    """Exit unless, within a minute, no namespace of an ended run is left and the nodes are as they were."""
    end = time.monotonic() + GOES
    query = [("labelSelector", "app.kubernetes.io/managed-by=kubelab,kubelab/kept!=true")]
    while (left := [name(one) for one in client.listing("Namespace", None, query)[0] if not lives(one)]) or marks(client) != before:
        if time.monotonic() > end:
            raise SystemExit(f"left behind: {', '.join(left) or 'no namespace'}; the nodes: {marks(client)}, before: {before}")
        for _ in client.watch("Namespace", None, [*query, ("timeoutSeconds", "2")]):
            break


def marks(client: Client) -> list[tuple[object, ...]]:
    """What a scenario could leave on each node: labels, taints, a cordon, an undo record, a node that is not ready."""
    return [_marks(node) for node in client.list("Node")]


def _marks(node: Object) -> tuple[object, ...]:
    notes = [key for key in at(node, "metadata", "annotations", default={}) if "kubelab" in key]
    ready = [one["status"] for one in at(node, "status", "conditions", default=()) if one["type"] == "Ready"]
    return (name(node), sorted(labels(node).items()), at(node, "spec", "taints"), at(node, "spec", "unschedulable"), notes, ready)


if __name__ == "__main__":
    main()
