"""The fixtures that steps and tests may ask for: `cluster`, and `lab`, the world of one scenario."""

from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.errors import LabFailure, SetupTrouble
from kubelab.plugin import bound, disk, preconditions, submitted, worlds
from kubelab.plugin.options import chosen
from kubelab.plugin.run import RUN, Run

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.client.objects import Object
    from kubelab.clusters.provider import Cluster, Provider
    from kubelab.clusters.settings import Settings
    from kubelab.containment import Account
    from kubelab.observation import Store
    from kubelab.plugin.bound import Subject
    from kubelab.scenario import Scenario


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> "Cluster":
    """The cluster of this run: found or made before the first scenario, or when the first Python test asks for it."""
    run = request.config.stash[RUN]
    try:
        with _shown(request.config):
            run.prepare()
    except pytest.UsageError as error:  # of a worker, or of a test that nobody knew would ask
        raise SetupTrouble(str(error)) from error
    return run.cluster


def _shown(config: pytest.Config) -> AbstractContextManager[None]:
    """While the block lasts nothing is captured: what takes long is told at once. A worker has no terminal to tell it on."""
    capturing: Any = config.pluginmanager.get_plugin("capturemanager")
    return nullcontext() if capturing is None or hasattr(config, "workerinput") else capturing.global_and_fixture_disabled()


@pytest.fixture
def lab(request: pytest.FixtureRequest, cluster: "Cluster") -> Iterator["Scenario"]:  # noqa: ARG001  (first of all there must be one)
    """The world of one scenario: a namespace of its own, watched from its creation to the scenario's end."""
    run, item = request.config.stash[RUN], request.node
    subject = bound.subject(item)
    preconditions.of_cluster(run, subject)
    preconditions.of_images(run, subject)
    preconditions.of_level(run, item)
    with (
        disk.told(),
        _alone(run, item, subject),
        _namespace(run, item) as home,
        _account(run, item, home) as account,
        _watched(run, subject, home["metadata"]["name"]) as store,
        _undone(worlds.scenario(run, item, subject, _given(account), store), subject) as scenario,
    ):
        item.stash[bound.LAB] = scenario
        yield scenario
        del item.stash[bound.LAB]


@contextmanager
def _alone(run: Run, item: pytest.Item, subject: "Subject | None") -> Iterator[None]:
    """What the scenario needs for itself, held until it is over; the whole cluster for one that is @exclusive."""
    from kubelab import locks  # noqa: PLC0415
    from kubelab.clusters.settings import locks_folder  # noqa: PLC0415
    from kubelab.plugin.needs import needs  # noqa: PLC0415

    resources = needs(subject, run.config.rootpath) if subject else ()
    folder = locks_folder(run.cluster.name)
    with locks.held(folder, resources, exclusive=item.get_closest_marker("exclusive") is not None):
        with locks.after_a_death(folder) as somebody_died, troubled():
            if somebody_died:
                _mended(run)
        yield


def _mended(run: Run) -> None:
    from kubelab.plugin import reaper  # noqa: PLC0415

    reaper.take_over(run.client, run.provider, run.id)


@contextmanager
def _undone(scenario: "Scenario", subject: "Subject | None") -> Iterator["Scenario"]:
    """The scenario, and afterwards everything undone that it changed beyond its namespace."""
    from kubelab import node_changes  # noqa: PLC0415

    try:
        yield scenario
    finally:
        told = list[str]()
        with ExitStack() as stack:  # whatever one of them raises, the others are done
            if subject and subject.resources:
                restore = partial(node_changes.restore, scenario.client, scenario.provider, lambda ended: ended == scenario.namespace)
                stack.callback(_noted, told, restore)
            for undo in scenario.undo:
                stack.callback(_noted, told, undo)
        if told:
            raise SetupTrouble("\n".join(told))


def _noted(told: list[str], undo: Callable[[], object]) -> None:
    """Undo one thing; what stands in the way is told with all that does."""
    try:
        undo()
    except (LabFailure, SetupTrouble) as failure:
        told.append(str(failure))


@contextmanager
def _namespace(run: Run, item: pytest.Item) -> Iterator["Object"]:
    """A fresh namespace; deleted at the end without waiting for it, or kept."""
    from kubelab import belongings  # noqa: PLC0415
    from kubelab.plugin import namespaces  # noqa: PLC0415  (a run without labs needs none of it)

    name = namespaces.fresh_name(item.path.stem)
    with troubled():
        level, further = preconditions.level(run, item), submitted.labels(item)
        home = run.client.create(namespaces.document(name, run.id, item.name, run.lock_file, level, further))
    try:
        yield home
    except pytest.skip.Exception:
        raise
    except BaseException:  # what it changed cannot be undone: a person may want to see why
        vars(item)["failed"] = True
        raise
    finally:
        keep = chosen(run.config).keep
        with suppress(LabFailure, SetupTrouble):  # the reaper says what stays
            if keep == "all" or (keep == "failed" and getattr(item, "failed", False)):
                namespaces.keep(run.client, name)
            else:
                run.client.delete("Namespace", name)
                belongings.release(run.client, name)


@contextmanager
def _account(run: Run, item: pytest.Item, home: "Object") -> Iterator[Callable[[], "Account | None"]]:
    """The scenario's own account, ended with it: made while the watches begin, got by a call; None where the run can give none."""
    from kubelab import containment  # noqa: PLC0415

    submitted.refuse_uncontained(run, item)
    if run.uncontained:
        yield lambda: None
        return
    with futures.ThreadPoolExecutor(1) as beside:
        making = beside.submit(submitted.account, run, item, home)
        try:
            yield making.result
        finally:
            futures.wait([making])
            with suppress(SetupTrouble):  # the reaper tries again
                containment.remove(run.client, home["metadata"]["name"], submitted.place(item))


def _given(account: Callable[[], "Account | None"]) -> "Account | None":
    with troubled():
        return account()


@contextmanager
def _watched(run: Run, subject: "Subject | None", namespace: str) -> Iterator["Store"]:
    """A store that the watches of the scenario's kinds fill."""
    from kubelab.observation import Store  # noqa: PLC0415
    from kubelab.plugin.namespaces import await_account  # noqa: PLC0415

    store = Store(namespace)
    with troubled(subject):
        kinds = preconditions.of_account(run, subject, namespace, worlds.kinds(subject))
    told = {"config": run.config, "client": run.client, "store": store, "namespace": namespace, "kinds": kinds}
    observer = run.config.hook.pytest_kubelab_observer(**told)
    try:
        with troubled(subject):
            observer.start()
            await_account(run.client, namespace)
            preconditions.of_namespace(run, subject, namespace)
        yield store
    finally:
        observer.stop()


@contextmanager
def troubled(subject: "Subject | None" = None) -> Iterator[None]:
    """Before the first sentence nothing can have failed; a kind that the cluster does not know is told with the sentence that names it."""
    try:
        yield
    except LabFailure as failure:
        place = next(_naming(subject, str(failure)), "") if subject else ""
        raise SetupTrouble(f"{place}{failure}") from failure


def _naming(subject: "Subject", text: str) -> Iterator[str]:
    for step, definition in subject.bound:
        if any(f'"{kind}"' in text for kind in definition.kinds(step.text)):
            yield f"{subject.feature.shown}:{step.line}:{step.column}: unknown-kind "


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
