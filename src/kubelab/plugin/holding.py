"""Holds a run that is prepared ahead just before its first sentence, until it is told to go on: loaded with -p, by no other run."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest

from kubelab.plugin.handshake import GO, PIPES, READY, WAITING
from kubelab.plugin.pytest_bdd_scenarios import LAB


@dataclass(eq=False)
class Hold:
    """The descriptors that are waited at and written to, and whether the wait is over."""

    waits_at: int
    writes_to: int
    is_over: bool = False


HOLD = pytest.StashKey[Hold]()
TAKE = pytest.StashKey[Callable[[], None]]()
"""What takes the locks of the scenario that is held."""


def pytest_configure(config: pytest.Config) -> None:
    """Find the pipes."""
    waits_at, writes_to = map(int, os.environ[PIPES].split())
    config.stash[HOLD] = Hold(waits_at, writes_to)


def keeps(item: pytest.Item, take: Callable[[], None]) -> bool:
    """Whether a scenario is to be held; its locks are then taken when it goes on, so that nobody waits for a run that waits itself."""
    if item.config.stash[HOLD].is_over:
        return False
    item.stash[TAKE] = take
    return True


def waits(config: pytest.Config) -> None:
    """Say that a scenario waits for another run, if anybody listens still."""
    with suppress(BrokenPipeError):
        os.write(config.stash[HOLD].writes_to, f"{WAITING}\n".encode())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Wait, once; end the run where nobody is there any more to tell it."""
    hold = item.config.stash[HOLD]
    if hold.is_over:
        return
    hold.is_over = True
    _await(hold)
    if TAKE in item.stash:
        item.stash[TAKE]()
    lab: Any = item.stash.get(LAB, None)
    if lab is not None:  # what the timeline tells begins now
        lab.mark()


def _await(hold: Hold) -> None:
    os.write(hold.writes_to, f"{READY}\n".encode())
    if os.read(hold.waits_at, len(GO)) != GO:
        pytest.exit("whoever prepared this run needs it no more", returncode=0)
