"""Runs stages in lanes: those of one lane one after another, lanes in parallel, each stage after those that it needs."""

import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, InvalidStateError, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from kubelab.clusters.nodeimage.recipe import Stage
from kubelab.clusters.process import end_group


class Stopped(Exception):  # noqa: N818  (not a fault: the stage was not run because another one failed)
    """Another lane has failed."""


@dataclass
class Running:
    """The process groups at work now; after `stop` none can start."""

    groups: set[int] = field(default_factory=set)
    stopped: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, group: int) -> None:
        """Add a group that has started; after a stop, it is ended at once."""
        with self.lock:
            self.groups.add(group)
            if self.stopped:
                end_group(group)

    def discard(self, group: int) -> None:
        """Remove a group, and end what it left running."""
        with self.lock:
            self.groups.discard(group)
        end_group(group)

    def stop(self) -> None:
        """End all groups."""
        with self.lock:
            self.stopped = True
            for group in self.groups:
                end_group(group)


def run_lanes(stages: Sequence[Stage], make: Callable[[Stage], None], running: Running) -> None:
    """Call `make` once for each stage; the first failure, or Ctrl-C, ends everything that runs and is raised."""
    results: dict[str, Future[None]] = {stage.name: Future() for stage in stages}
    lanes = {stage.lane: [other for other in stages if other.lane == stage.lane] for stage in stages}
    with ThreadPoolExecutor(max(1, len(lanes))) as pool:
        futures = [pool.submit(_lane, lane, results, make, running) for lane in lanes.values()]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            if any(not future.done() or future.exception() for future in futures):
                _stop(results, running)
    for error in sorted((error for future in futures if (error := future.exception())), key=lambda error: isinstance(error, Stopped)):
        raise error


def _lane(lane: Sequence[Stage], results: dict[str, Future[None]], make: Callable[[Stage], None], running: Running) -> None:
    for stage in lane:
        for need in stage.needs:
            if need in results:
                results[need].result()
        _one(stage, make, running)
        with contextlib.suppress(InvalidStateError):  # stopped just now
            results[stage.name].set_result(None)


def _one(stage: Stage, make: Callable[[Stage], None], running: Running) -> None:
    """Make one stage; if it was ended by a stop, its failure does not count."""
    if running.stopped:
        raise Stopped
    try:
        make(stage)
    except Exception as error:
        if running.stopped:
            raise Stopped from error
        raise


def _stop(results: dict[str, Future[None]], running: Running) -> None:
    """End what runs, and the lanes that wait for a stage that will not be made."""
    running.stop()
    for result in results.values():
        with contextlib.suppress(InvalidStateError):
            result.set_exception(Stopped())
