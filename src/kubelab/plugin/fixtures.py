"""The fixtures that steps and tests may ask for: `cluster`, and `lab`, the world of one scenario."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.plugin import disk, live_namespace, preconditions, preparation, pytest_bdd_scenarios, scenario_resources, turns, worlds
from kubelab.plugin.run import RUN, Run

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Cluster, Provider
    from kubelab.clusters.settings import Settings
    from kubelab.observation import Store
    from kubelab.scenario import Scenario


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> "Cluster":
    """The cluster of this run: found or made before the first scenario, or when the first Python test asks for it."""
    run = request.config.stash[RUN]
    try:
        with _shown(request.config):
            preparation.prepare(run)
    except pytest.UsageError as error:  # of a worker, or of a test that asks for the fixture only while it runs
        raise SetupTrouble(str(error)) from error
    return run.cluster


def _shown(config: pytest.Config) -> AbstractContextManager[None]:
    """While the block lasts nothing is captured, so that progress is shown at once. A worker has no terminal to show it on."""
    capturing: Any = config.pluginmanager.get_plugin("capturemanager")
    return nullcontext() if capturing is None or hasattr(config, "workerinput") else capturing.global_and_fixture_disabled()


@pytest.fixture
def lab(request: pytest.FixtureRequest, cluster: "Cluster") -> Iterator["Scenario"]:  # noqa: ARG001  (first of all there must be one)
    """The world of one scenario: a namespace of its own, watched from its creation to the scenario's end, or one that is there already."""
    run, item = request.config.stash[RUN], request.node
    enter = live_namespace.entered if run.only_reads else _begun
    with disk.told(), enter(run, item, pytest_bdd_scenarios.subject(item)) as scenario:
        item.stash[pytest_bdd_scenarios.LAB] = scenario
        yield scenario
        del item.stash[pytest_bdd_scenarios.LAB]


@contextmanager
def _begun(run: "Run", item: pytest.Item, subject: "pytest_bdd_scenarios.Subject | None") -> Iterator["Scenario"]:
    """The world of a scenario in a fresh namespace."""
    preconditions.of_cluster(run, subject)
    preconditions.of_images(run, subject)
    preconditions.of_level(run, item)
    with (
        turns.alone(run, item, subject),
        scenario_resources.namespace(run, item) as home,
        scenario_resources.account(run, item, home) as account,
        scenario_resources.watched(run, subject, home["metadata"]["name"]) as store,
        scenario_resources.undone(worlds.scenario(run, item, subject, account(), store), subject) as scenario,
    ):
        yield scenario


@pytest.hookimpl(trylast=True)
def pytest_kubelab_provider(settings: "Settings") -> "Provider":
    """The kind cluster, or the context that was named."""
    from kubelab.clusters import provider  # noqa: PLC0415

    return provider(settings)


@pytest.hookimpl(trylast=True)
def pytest_kubelab_client(cluster: "Cluster") -> "Client":
    """A client for the cluster's context."""
    from kubelab.client import Client  # noqa: PLC0415

    return Client(cluster.kubeconfig, cluster.context)


@pytest.hookimpl(trylast=True)
def pytest_kubelab_observer(client: "Client", store: "Store", namespace: str, kinds: Sequence[str]) -> Any:
    """Watches of the scenario's kinds."""
    from kubelab.observation import Observer  # noqa: PLC0415

    return Observer(client, store, namespace, kinds)
