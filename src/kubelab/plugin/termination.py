"""SIGTERM ends a run with labs like Ctrl-C: also one that a script started in the background, which gets no Ctrl-C."""

import signal
import threading
from functools import partial
from typing import NoReturn

import pytest


def heed(config: pytest.Config) -> None:
    """Handle SIGTERM from now on until the run is over, unless it has another handler; only in the main thread."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, partial(_interrupt, config))
        config.add_cleanup(_heed_no_more)


def _heed_no_more() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _interrupt(config: pytest.Config, number: int, _frame: object) -> NoReturn:  # noqa: ARG001  (the signal module's own shape)
    """Interrupt once: a second signal must not stop the cleanup.

    Python drops an exception that comes while it finalizes an object; the run then ends after the scenario that runs.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if session := config.pluginmanager.get_plugin("session"):
        session.shouldstop = "SIGTERM"
    raise KeyboardInterrupt
