"""Ten create-scale-verify tests by every contestant, in interleaved rounds: prints times, and the ratio of kubelab to each."""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from bench.contestants import PARALLEL, Contestant, contestants
from kubelab.client import Client
from kubelab.client.objects import at
from kubelab.client.short_watch import events
from kubelab.clusters import provider
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import Settings

QUIET = 120
"""Seconds within which nothing of a contestant is left on the cluster."""


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each contestant (default: 3); the median counts")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=(), help="these contestants alone: kubelab recorded")
    arguments = parser.parse_args()
    rounds = arguments.rounds
    cluster = provider(Settings()).up(Progress())
    client = Client(cluster.kubeconfig, cluster.context)
    with tempfile.TemporaryDirectory() as work:
        found = [one for one in contestants(cluster, Path(work)) if one.name in (arguments.only or one.name)]
        for workers in (1, PARALLEL):
            print(f"\nten tests, {workers} at a time, median of {rounds} interleaved rounds")
            print_table(measure(found, workers, rounds, client))


def measure(found: list[Contestant], workers: int, rounds: int, client: Client) -> dict[str, list[float]]:
    """The seconds of every contestant's rounds; in each round every contestant runs once, on a cluster without another's leftovers."""
    times: dict[str, list[float]] = {one.name: [] for one in found}
    for _ in range(rounds):
        for one in found:
            await_quiet(client)
            began = time.monotonic()
            one.run(workers)
            times[one.name].append(time.monotonic() - began)
    return times


def await_quiet(client: Client) -> None:
    """Return once no namespace is being deleted: it is gone after all that was in it."""
    if not (is_quiet(client) or any(is_quiet(client) for _ in events(client, "Namespace", None, [], QUIET))):
        raise SystemExit(f"A namespace is still being deleted after {QUIET} s. See how the cluster is: kubelab status")


def is_quiet(client: Client) -> bool:
    """Whether nothing of an earlier run is left."""
    return not any(at(one, "metadata", "deletionTimestamp") for one in client.list("Namespace"))


def print_table(times: dict[str, list[float]]) -> None:
    """One line per contestant: its median, its spread, and how kubelab compares."""
    medians = {name: statistics.median(all_) for name, all_ in times.items()}
    for name, median in medians.items():
        spread = f"{min(times[name]):.1f}-{max(times[name]):.1f}"
        print(f"  {name:<9} {median:6.1f} s  ({spread} s)   kubelab / {name} = {medians['kubelab'] / median:.2f}")


if __name__ == "__main__":
    main()
