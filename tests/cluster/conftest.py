"""What the bad weather tests share: a small cluster a module."""

from collections.abc import Iterator

import pytest

from tests.cluster.weather import SmallCluster, small_cluster


@pytest.fixture(scope="module")
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallCluster]:
    """A small cluster of this module's own, with as many workers as its WORKERS says; gone at the end, whatever happened."""
    cluster = small_cluster(tmp_path_factory.mktemp("state"), getattr(request.module, "WORKERS", 0))
    try:
        done = cluster.up()
        assert done.returncode == 0, done.stderr
        yield cluster
    finally:
        cluster.run("down")
        cluster.remove_containers()


@pytest.fixture
def chosen(small: SmallCluster, monkeypatch: pytest.MonkeyPatch) -> SmallCluster:
    """The small cluster, chosen by the environment: every run of pytest within the test is on it."""
    monkeypatch.setenv("XDG_STATE_HOME", small.env["XDG_STATE_HOME"])
    monkeypatch.setenv("KUBELAB_NAME", small.name)
    return small
