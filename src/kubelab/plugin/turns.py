"""A scenario's turn: what it needs for itself, held while it runs; a run that is held takes it when it goes on."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin import command_lines
from kubelab.plugin.handshake import PLUGIN
from kubelab.plugin.narration import NARRATOR
from kubelab.plugin.troubles import troubled

if TYPE_CHECKING:
    from kubelab.plugin.pytest_bdd_scenarios import Subject
    from kubelab.plugin.run import Run


@contextmanager
def alone(run: "Run", item: pytest.Item, subject: "Subject | None") -> Iterator[None]:
    """What the scenario needs for itself, held until it is over; the whole cluster for one that is @exclusive."""
    with ExitStack() as stack:
        take = partial(_take, stack, run, item, subject)
        holding: Any = run.config.pluginmanager.get_plugin(PLUGIN)
        if holding is None or not holding.keeps(item, take):
            take()
        yield


def _take(stack: ExitStack, run: "Run", item: pytest.Item, subject: "Subject | None") -> None:
    """Wait for it, and let the stack hold it."""
    from kubelab import locks  # noqa: PLC0415
    from kubelab.clusters.settings import locks_folder  # noqa: PLC0415
    from kubelab.plugin.kept_namespaces import refuse_taken  # noqa: PLC0415
    from kubelab.plugin.needs import needs  # noqa: PLC0415

    resources = needs(subject, run.config.rootpath) if subject else ()
    folder, narrator = locks_folder(run.cluster.name), item.config.stash[NARRATOR]
    narrator.begins_with("waiting for its turn")
    is_alone = item.get_closest_marker("exclusive") is not None
    living = stack.enter_context(locks.held(folder, resources, exclusive=is_alone, waits=partial(_tell, run.config)))
    narrator.begins_with("")
    with locks.after_a_death(folder, living) as somebody_died, troubled():
        if somebody_died:
            _take_over(run)
    with troubled():
        refuse_taken(run.client, resources, partial(command_lines.kubectl, run.cluster))


def _tell(config: pytest.Config) -> None:
    """Whoever has started a run that is held learns what it waits for."""
    holding: Any = config.pluginmanager.get_plugin(PLUGIN)
    if holding is not None:
        holding.waits(config)


def _take_over(run: "Run") -> None:
    from kubelab.plugin import reaper  # noqa: PLC0415

    reaper.take_over(run.client, run.provider, run.id)
