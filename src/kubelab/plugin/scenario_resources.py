"""What a scenario has as long as it runs, and what becomes of it then: its namespace, account and watches, and what it changed."""

from collections.abc import Callable, Iterator
from concurrent import futures
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kubelab.errors import LabFailure, SetupTrouble
from kubelab.plugin import preconditions, submitted, worlds
from kubelab.plugin.options import chosen
from kubelab.plugin.run import Run
from kubelab.plugin.troubles import troubled

if TYPE_CHECKING:
    from kubelab.client.objects import Object
    from kubelab.containment import Account
    from kubelab.observation import Store
    from kubelab.plugin.pytest_bdd_scenarios import Subject
    from kubelab.scenario import Scenario


@contextmanager
def undone(scenario: "Scenario", subject: "Subject | None") -> Iterator["Scenario"]:
    """The scenario; afterwards, undo everything that it changed outside its namespace."""
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
    """Undo one thing; collect the text of a failure."""
    try:
        undo()
    except (LabFailure, SetupTrouble) as failure:
        told.append(str(failure))


@contextmanager
def namespace(run: Run, item: pytest.Item) -> Iterator["Object"]:
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
def account(run: Run, item: pytest.Item, home: "Object") -> Iterator[Callable[[], "Account | None"]]:
    """The scenario's own account, ended with it: made while the watches begin, got by a call; None where the run can give none."""
    from kubelab import containment  # noqa: PLC0415

    submitted.refuse_uncontained(run, item)
    if run.uncontained:
        yield lambda: None
        return
    with futures.ThreadPoolExecutor(1) as beside:
        making = beside.submit(submitted.account, run, item, home)
        try:
            yield partial(_result, making)
        finally:
            futures.wait([making])
            with suppress(SetupTrouble):  # the reaper tries again
                containment.remove(run.client, home["metadata"]["name"], submitted.place(item))


def _result(making: "futures.Future[Account]") -> "Account":
    with troubled():
        return making.result()


@contextmanager
def watched(run: Run, subject: "Subject | None", namespace: str, *, is_fresh: bool = True) -> Iterator["Store"]:
    """A store that is filled by watches of the scenario's kinds; a fresh namespace is waited for until it holds Pods."""
    from kubelab.observation import Store  # noqa: PLC0415

    store = Store(namespace)
    with troubled(subject):
        kinds = preconditions.of_account(run, subject, namespace, worlds.kinds(subject))
    told = {"config": run.config, "client": run.client, "store": store, "namespace": namespace, "kinds": kinds}
    observer = run.config.hook.pytest_kubelab_observer(**told)
    try:
        with troubled(subject):
            observer.start()
            if is_fresh:
                _await_ready(run, subject, namespace)
        yield store
    finally:
        observer.stop()


def _await_ready(run: Run, subject: "Subject | None", namespace: str) -> None:
    from kubelab.plugin.namespaces import await_account  # noqa: PLC0415

    await_account(run.client, namespace)
    preconditions.of_namespace(run, subject, namespace)
