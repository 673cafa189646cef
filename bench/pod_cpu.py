"""What an nginx Pod's whole life costs the nodes: CPU seconds of their cgroups, from its creation until nothing of it is left."""

import argparse
import time
from collections.abc import Callable
from typing import Any

from bench.reaction import namespace
from kubelab.client import Client
from kubelab.client.objects import is_true, name
from kubelab.client.short_watch import events
from kubelab.clusters import provider
from kubelab.clusters.progress import Progress
from kubelab.clusters.provider import Provider
from kubelab.clusters.settings import Settings
from kubelab.manifests import Images, substituted
from kubelab.plugin.namespaces import await_account
from kubelab.policy import chosen as policy_of

COUNTERS = ("/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpuacct/cpuacct.usage")
"""A node's CPU time: cgroup v2's file, whose first line is usage_usec, and cgroup v1's, in nanoseconds."""
READ = f"cat {COUNTERS[0]} 2>/dev/null || cat {COUNTERS[1]}"
AT_ONCE = 4
"""Pods that live at the same time."""
LIMIT = 120
"""Seconds within which these must be ready, or gone."""
IDLE = 10.0
"""Seconds for which the nodes are measured without a Pod, before and after: that load is not the Pods' cost."""


def main() -> None:
    """Parse, measure, print a line for each round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pods", type=int, default=20, help="Pods of a round, four at a time (default: 20)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default: 5)")
    chosen = parser.parse_args()
    way = provider(Settings())
    cluster = way.up(Progress())
    client = Client(cluster.kubeconfig, cluster.context)
    nodes = [name(node) for node in client.list("Node")]
    image = substituted({"containers": [{"image": "nginx:1.14"}]}, Images(policy_of(cluster.images)))["containers"][0]["image"]
    with namespace(client) as home:
        await_account(client, home)
        pods = [pod(f"web-{number}", image) for number in range(chosen.pods)]
        for _ in range(chosen.rounds):
            print(f"{cost(client, way, nodes, pods, home):.3f} CPU seconds of {len(nodes)} nodes for each Pod", flush=True)


def cost(client: Client, way: Provider, nodes: list[str], pods: list[dict[str, Any]], home: str) -> float:
    """CPU seconds per Pod, without the idle load of the nodes."""
    idle = rate(way, nodes)
    began, before = time.monotonic(), spent(way, nodes)
    for first in range(0, len(pods), AT_ONCE):
        live(client, home, pods[first : first + AT_ONCE])
    used, lasted = spent(way, nodes) - before, time.monotonic() - began
    return (used - (idle + rate(way, nodes)) / 2 * lasted) / len(pods)


def live(client: Client, home: str, pods: list[dict[str, Any]]) -> None:
    """The life of some Pods: created, ready, deleted, gone."""
    for one in pods:
        client.create(one, home)
    awaited(client, home, lambda: all(is_true(one, "Ready") for one in client.list("Pod", home)))
    for one in pods:
        client.delete("Pod", name(one), home)
    awaited(client, home, lambda: not client.list("Pod", home))


def awaited(client: Client, home: str, holds: Callable[[], bool]) -> None:
    """Return once a condition holds; it is checked whenever a Pod changes."""
    if not (holds() or any(holds() for _ in events(client, "Pod", home, [], LIMIT))):
        raise SystemExit(f"The Pods did not get so far within {LIMIT} s. See how the cluster is: kubelab status")


def rate(way: Provider, nodes: list[str]) -> float:
    """CPU seconds per second of the idle nodes."""
    began, before = time.monotonic(), spent(way, nodes)
    time.sleep(IDLE)
    return (spent(way, nodes) - before) / (time.monotonic() - began)


def spent(way: Provider, nodes: list[str]) -> float:
    """CPU seconds of all nodes since they started."""
    return sum(seconds(way.execute(node, ("sh", "-c", READ)).out) for node in nodes)


def seconds(told: str) -> float:
    """The CPU seconds that a node's cgroup counts, in either version of cgroups."""
    first = told.split("\n", 1)[0].split()
    return int(first[1]) / 1e6 if len(first) > 1 else int(first[0]) / 1e9


def pod(one: str, image: str) -> dict[str, Any]:
    """An nginx Pod as labs have it."""
    spec = {"terminationGracePeriodSeconds": 1, "containers": [{"name": "nginx", "image": image}]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": one}, "spec": spec}


if __name__ == "__main__":
    main()
