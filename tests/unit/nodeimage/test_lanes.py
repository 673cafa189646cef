"""The order of stages in lanes."""

import threading

import pytest

from kubelab.clusters.nodeimage.lanes import Running, run_lanes
from kubelab.clusters.nodeimage.recipe import Stage


def stage(name: str, lane: str, *needs: str) -> Stage:
    """A stage without a script."""
    return Stage(name, name, lane, "", needs=needs)


def test_stages_of_one_lane_run_in_order_and_after_those_of_others_they_need() -> None:
    """The last of one lane waits for the last of the other."""
    done: list[str] = []
    stages = [stage("a", "left"), stage("b", "left"), stage("x", "right", "b"), stage("y", "right")]
    run_lanes(stages, lambda one: done.append(one.name), Running())
    assert done == ["a", "b", "x", "y"]


def test_lanes_run_side_by_side() -> None:
    """Each waits for the other to begin: one after the other they would never end."""
    both = threading.Barrier(2, timeout=10)
    run_lanes([stage("a", "left"), stage("x", "right")], lambda _: (both.wait(), None)[1], Running())


def test_the_first_failure_is_raised_and_what_waits_for_it_is_not_begun() -> None:
    """Stages in both lanes that come after it are skipped."""
    begun: list[str] = []

    def make(one: Stage) -> None:
        begun.append(one.name)
        if one.name == "a":
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        run_lanes([stage("a", "left"), stage("b", "left"), stage("x", "right", "a")], make, Running())
    assert begun == ["a"]
