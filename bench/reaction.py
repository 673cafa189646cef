"""How fast and how cheaply we wait: from a watch event to the end of the wait, requests of a long wait, and our own CPU time."""

import math
import resource
import secrets
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import urllib3

from kubelab.client import Client
from kubelab.client.objects import at
from kubelab.clusters import provider
from kubelab.clusters.settings import Settings
from kubelab.errors import LabFailure
from kubelab.observation import Mark, Observer, Store, View
from kubelab.waiting import Condition, Hopeless, Noted, Observation, until

if TYPE_CHECKING:
    import urllib3

ROUNDS = 200
LONG_WAIT = 30.0


@dataclass
class Bench:
    """As much of a scenario as waiting needs."""

    store: Store
    since: Mark = field(default_factory=Mark)
    patience: float = 1.0
    failed_at: float = math.inf
    hopeless: tuple[Hopeless, ...] = ()
    clock = staticmethod(time.monotonic)
    waits: list[Noted] = field(default_factory=list)


def main() -> None:
    """Measure on the kind cluster "kubelab", in a namespace that is deleted at the end."""
    cluster = provider(Settings()).find()
    if cluster is None:
        raise SystemExit("No cluster runs. Make it: kubelab up")
    client = Client(cluster.kubeconfig, cluster.context)
    with namespace(client) as home, watched(client, home) as bench:
        delays = sorted(reactions(client, home, bench))
        p50, p99 = 1000 * statistics.median(delays), 1000 * delays[int(ROUNDS * 0.99) - 1]
        print(f"from watch event to the wait's end: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
        print_long_wait(client, bench)


def reactions(client: Client, home: str, bench: Bench) -> Iterator[float]:
    """Seconds from the arrival of the event that meets the condition to the end of the wait, repeated many times."""
    for number in range(ROUNDS):
        change = threading.Thread(target=client.apply, args=(config_map(str(number)), home))
        change.start()
        until(bench, says(str(number)))
        ended = time.monotonic()
        change.join()
        yield ended - bench.store.history("ConfigMap")[-1].time


def print_long_wait(client: Client, bench: Bench) -> None:
    """Wait in vain for a long time, and print how many requests and how much CPU time that took."""
    before, began = requests(client), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    try:
        until(bench, says("never"), within=LONG_WAIT)
    except LabFailure:
        spent = resource.getrusage(resource.RUSAGE_SELF).ru_utime - began
        print(f"a wait of {LONG_WAIT:g} s in vain: {requests(client) - before} requests, {spent:.2f} s of CPU time")
    else:
        raise SystemExit("the wait should have failed")


def requests(client: Client) -> int:
    """Requests sent on the client's connections so far, as urllib3 counts them."""
    pools: urllib3.PoolManager = client.connection._api.rest_client.pool_manager  # noqa: SLF001  (urllib3's own count, not ours)
    return sum(pools.pools[key].num_requests for key in pools.pools.keys())  # noqa: SIM118  (no mapping, and iterating it is refused)


def says(number: str) -> Condition:
    """The ConfigMap has the number."""

    def observe(view: View) -> Observation:
        found = at(view.find("ConfigMap", "bench"), "data", "number", default="nothing")
        return Observation(found == number, f"it says {found}")

    return Condition(f"the ConfigMap says {number}", observe)


def config_map(number: str) -> dict[str, object]:
    """A ConfigMap with the number."""
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "bench"}, "data": {"number": number}}


@contextmanager
def namespace(client: Client) -> Iterator[str]:
    """A namespace for the benchmark."""
    name = f"bench-{secrets.token_hex(4)}"
    client.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
    try:
        yield name
    finally:
        client.delete("Namespace", name)


@contextmanager
def watched(client: Client, home: str) -> Iterator[Bench]:
    """A store that a watch of ConfigMaps fills."""
    store = Store(home)
    observer = Observer(client, store, home, ["ConfigMap"])
    observer.start()
    try:
        yield Bench(store)
    finally:
        observer.stop()


if __name__ == "__main__":
    main()
