"""Shows what runs now below pytest's own output, where that goes to a terminal; a worker tells it to the controlling process."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin.beat import Beat
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.labs import is_scenario
from kubelab.plugin.narration import NARRATOR
from kubelab.plugin.run import RUN

if TYPE_CHECKING:
    from kubelab.plugin.live_region import Region
    from kubelab.plugin.story import Story

TOLD = "kubelab_live"
"""What a worker is told where somebody looks."""
MARKS = "✓✗⠋━…"
"""What a terminal must be able to show."""


@dataclass(eq=False)
class Show:
    """Draws what runs now, in the process that has the terminal."""

    config: pytest.Config
    region: "Region"
    coloured: bool
    drawings: int = 0

    def __post_init__(self) -> None:
        self.beat = Beat(self._draw)

    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """In a serial run, begin to draw."""
        if any(isinstance(item, ScenarioItem) for item in session.items):
            self.beat.start()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker that somebody looks."""
        node.workerinput[TOLD] = True

    @pytest.hookimpl(optionalhook=True, trylast=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: Sequence[str]) -> None:
        """In a parallel run, begin to draw: last, when the cluster is there."""
        if any(is_scenario(node.config, one) for one in ids):
            self.beat.start()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """What a worker did that is gone does not go on."""
        from kubelab.plugin import live_files  # noqa: PLC0415

        live_files.forget(self.config.stash[RUN].folder, node.gateway.id)

    def pytest_enter_pdb(self) -> None:
        """Leave the terminal to the debugger."""
        self.region.pause()

    def pytest_leave_pdb(self) -> None:
        """Take it again."""
        self.region.resume()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Nothing runs any more, also after Ctrl-C."""
        self.end()

    def end(self) -> None:
        """Clear what is drawn."""
        self.beat.stop()
        self.region.close()

    def _draw(self) -> None:
        try:
            self.region.draw(self._lines())
        except Exception:
            self.region.close()  # lines that nobody draws anew would tell the past
            raise

    def _lines(self) -> Sequence[str]:
        from kubelab.plugin import live_drawing, live_files  # noqa: PLC0415  (only a run with labs needs it)

        columns, rows = self.region.size
        canvas = live_drawing.Canvas(columns, rows, self.drawings, self.coloured)
        self.drawings += 1
        if self.config.pluginmanager.hasplugin("dsession"):
            stories = live_files.read(self.config.stash[RUN].folder)
            return live_drawing.parallel(stories, canvas) if any(stories.values()) else ()
        story = self.config.stash[NARRATOR].now()
        titled = self.config.get_verbosity() < 1  # else pytest has just written the title
        return live_drawing.serial(story, canvas, titled=titled) if story else ()


@dataclass(eq=False)
class Messenger:
    """In a worker, writes what runs now into the folder of the run."""

    config: pytest.Config
    worker: str
    told: "Story | None" = None

    def __post_init__(self) -> None:
        self.beat = Beat(self._tell)

    def pytest_runtestloop(self, session: pytest.Session) -> None:
        """Begin to tell."""
        if any(isinstance(item, ScenarioItem) for item in session.items):
            self.beat.start()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Nothing runs any more."""
        self.end()

    def end(self) -> None:
        """Tell no more."""
        self.beat.stop()

    def _tell(self) -> None:
        from kubelab.plugin import live_files  # noqa: PLC0415

        story = self.config.stash[NARRATOR].now()
        if story != self.told:
            live_files.write(self.config.stash[RUN].folder, self.worker, story)
            self.told = story


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Find out whether somebody looks: last, when pytest has its terminal."""
    told = getattr(config, "workerinput", None)
    plugin = _show(config) if told is None else Messenger(config, told["workerid"]) if TOLD in told else None
    if plugin:
        config.pluginmanager.register(plugin, "kubelab-live")
        config.add_cleanup(plugin.end)


def _show(config: pytest.Config) -> Show | None:
    """What draws; None where there is no terminal, somebody else draws on it, or the run is to be quiet."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    captured = getattr(config.option, "capture", "no") in {"fd", "sys"}  # else what a step prints is shown at once, at any place
    if type(reporter) is not pytest.TerminalReporter or config.get_verbosity() < 0 or not captured or not _is_terminal(reporter):
        return None
    from kubelab.plugin.live_region import Region, make_room  # noqa: PLC0415

    writer: Any = config.get_terminal_writer()
    region = Region(os.dup(sys.stdout.fileno()))  # pytest captures the descriptor itself while a scenario runs
    make_room(region, writer)
    return Show(config, region, coloured=writer.hasmarkup)


def _is_terminal(reporter: pytest.TerminalReporter) -> bool:
    """Whether lines can be drawn anew: not where a program reads them, nor in a continuous integration that has a terminal."""
    plain = os.environ.get("TERM", "dumb") in {"dumb", "unknown"} or os.environ.get("CI") or os.environ.get("BUILD_NUMBER")
    try:
        MARKS.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return reporter.isatty() and not plain and sys.stdout.isatty()
