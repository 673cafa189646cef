"""Ten create-scale-verify tests by every contestant, in interleaved rounds: prints times, and kubelab's ratio to each."""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from bench.contestants import PARALLEL, Contestant, contestants
from kubelab.clusters import provider
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import Settings


def main() -> None:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each contestant (default: 3); the median counts")
    rounds = parser.parse_args().rounds
    cluster = provider(Settings()).up(Progress())
    with tempfile.TemporaryDirectory() as work:
        found = contestants(cluster, Path(work))
        for workers in (1, PARALLEL):
            print(f"\nten tests, {workers} at a time, median of {rounds} interleaved rounds")
            print_table(measure(found, workers, rounds))


def measure(found: list[Contestant], workers: int, rounds: int) -> dict[str, list[float]]:
    """The seconds of every contestant's rounds; in each round every contestant runs once."""
    times: dict[str, list[float]] = {one.name: [] for one in found}
    for _ in range(rounds):
        for one in found:
            began = time.monotonic()
            one.run(workers)
            times[one.name].append(time.monotonic() - began)
    return times


def print_table(times: dict[str, list[float]]) -> None:
    """One line a contestant: its median, its spread, and how kubelab compares."""
    medians = {name: statistics.median(all_) for name, all_ in times.items()}
    for name, median in medians.items():
        spread = f"{min(times[name]):.1f}-{max(times[name]):.1f}"
        print(f"  {name:<9} {median:6.1f} s  ({spread} s)   kubelab / {name} = {medians['kubelab'] / median:.2f}")


if __name__ == "__main__":
    main()
