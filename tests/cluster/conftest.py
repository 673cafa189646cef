"""What cluster tests share: the small clusters of the bad weather; which modules stay on one worker of a parallel run."""

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.cluster.weather import SharedCluster, SmallCluster, small_cluster

TOGETHER = frozenset(
    {
        "test_check.py",
        "test_containment.py",
        "test_hostile_submissions.py",
        "test_labels_taken_back.py",
        "test_nothing_to_see.py",
        "test_push.py",
        "test_student_mistakes.py",
    }
)
"""Modules whose tests share one run of labs, or would disturb each other."""


class ModulesTogether(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no type information
    """Hands out tests one by one, but those modules as a whole. Under pytest 9.2, xdist 3.8's `xdist_group` does nothing."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module.rpartition("/")[2] in TOGETHER else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ModulesTogether:
    """The scheduler of a parallel run of cluster tests."""
    return ModulesTogether(config, log)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedCluster]:
    """The small cluster of all modules that share one, gone at the end."""
    found = SharedCluster(tmp_path_factory)
    yield found
    found.remove()


@pytest.fixture(scope="module")
def small(request: pytest.FixtureRequest, shared: SharedCluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallCluster]:
    """The shared cluster, with one worker, if the module says SHARES; else one of its own with as many workers as its WORKERS says."""
    if getattr(request.module, "SHARES", False):
        yield shared.up()
        return
    shared.remove()
    cluster = small_cluster(tmp_path_factory.mktemp("state"), getattr(request.module, "WORKERS", 0))
    try:
        yield cluster.bring_up()
    finally:
        cluster.remove()


@pytest.fixture
def chosen(small: SmallCluster, monkeypatch: pytest.MonkeyPatch) -> SmallCluster:
    """The small cluster, selected by the environment: every run of pytest within the test uses it."""
    monkeypatch.setenv("XDG_STATE_HOME", small.env["XDG_STATE_HOME"])
    monkeypatch.setenv("KUBELAB_NAME", small.name)
    return small
