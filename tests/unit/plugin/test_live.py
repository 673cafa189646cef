"""The live lines where they cannot be drawn: the terminal is left as pytest expects it."""

import os
from typing import Any, cast

from kubelab.plugin.live import Show
from kubelab.plugin.live_region import Region


def test_what_cannot_be_drawn_anew_is_cleared() -> None:
    """The run goes on without the lines."""
    reads, writes = os.openpty()
    region = Region(writes)
    show = Show(cast("Any", None), region, coloured=False)  # reading a missing configuration raises
    region.draw(["of the past"])

    show.beat.start()
    assert show.beat.over.wait(30)
    show.end()

    assert (region.is_closed, region.lines) == (True, ())
    assert os.read(reads, 1000).decode().endswith("\x1b[J\x1b8")
    os.close(reads)


def test_a_debugger_has_the_terminal_for_itself() -> None:
    """Until the scenario continues."""
    reads, writes = os.openpty()
    show = Show(cast("Any", None), Region(writes), coloured=False)
    show.pytest_enter_pdb()
    show.region.draw(["one"])
    paused = show.region.lines
    show.pytest_leave_pdb()
    show.region.draw(["two"])

    assert (paused, show.region.lines) == ((), ["two"])
    show.end()
    os.close(reads)
