"""The beginning and the end of a run: the cluster is ready before the first scenario, and nothing is left after the last."""

import secrets
from collections.abc import Generator, Sequence
from typing import Any

import pytest

from kubelab.plugin import conftest_hooks, disk, preparation, termination
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.labs import is_scenario
from kubelab.plugin.options import chosen
from kubelab.plugin.run import RUN, Run


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Let a conftest bring its own cluster."""
    pluginmanager.add_hookspecs(conftest_hooks)


def pytest_configure(config: pytest.Config) -> None:
    """Give the run its id; a worker has that of its controller."""
    told = getattr(config, "workerinput", {}).get("kubelab_run")
    config.stash[RUN] = Run(config, told or secrets.token_hex(6), worker=bool(told))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker which run it belongs to."""
    node.workerinput["kubelab_run"] = node.config.stash[RUN].id


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """In a serial run, prepare the cluster before the first scenario."""
    config = session.config
    config.stash[RUN].has_labs = any(isinstance(item, ScenarioItem) for item in session.items)
    if config.stash[RUN].worker and config.stash[RUN].has_labs:
        termination.heed(config)
    serial = not config.stash[RUN].worker and not config.pluginmanager.hasplugin("dsession")
    runnable = any(isinstance(item, ScenarioItem) and not item.findings for item in session.items)
    asked = any("cluster" in getattr(item, "fixturenames", ()) for item in session.items)
    if serial and not config.option.collectonly and (config.stash[RUN].has_labs or asked):
        chosen(config)
    if serial and runnable and _is_real(config):
        preparation.prepare(config.stash[RUN])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any, ids: Sequence[str]) -> None:
    """In a parallel run, prepare the cluster before the first scenario is given to a worker."""
    if any(is_scenario(node.config, one) for one in ids):
        chosen(node.config)
        node.config.stash[RUN].has_labs = True
        if _is_real(node.config):
            preparation.prepare(node.config.stash[RUN])


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, object, object]:
    """Leave nothing behind, also after Ctrl-C; a report that cannot be written (--junitxml) does not hide the results."""
    run = session.config.stash[RUN]
    try:
        return (yield)
    except OSError as error:
        if not run.has_labs:
            raise
        run.say(["", f"kubelab: a report could not be written: {disk.said(error)}"])
        return None
    finally:
        run.finish()


def _is_real(config: pytest.Config) -> bool:
    """Whether tests run, and are not only listed."""
    return not config.option.collectonly and not config.getoption("setupplan", default=False)
