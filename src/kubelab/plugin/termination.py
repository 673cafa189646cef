"""Ctrl-C and SIGTERM end a run with labs alike: the latter also reaches one that a script started in the background."""

import signal
import threading
from collections.abc import Mapping
from functools import partial
from typing import Any, NoReturn

import pytest

DEFAULTS: Mapping[signal.Signals, Any] = {signal.SIGTERM: signal.SIG_DFL, signal.SIGINT: signal.default_int_handler}
"""What handles each signal in a run that nobody has told otherwise."""
AGAIN: Mapping[signal.Signals, Any] = {signal.SIGTERM: signal.SIG_IGN, signal.SIGINT: signal.default_int_handler}
"""What a second signal does: SIGTERM must not stop the cleanup, Ctrl-C is from somebody who does not want to wait for it."""


def heed(config: pytest.Config) -> None:
    """Handle both signals from now on until the run is over, unless they have other handlers; only in the main thread."""
    if threading.current_thread() is threading.main_thread():
        for number in (one for one, default in DEFAULTS.items() if signal.getsignal(one) is default):
            signal.signal(number, partial(_interrupt, config))
            config.add_cleanup(partial(_heed_no_more, number))


def _heed_no_more(number: signal.Signals) -> None:
    """Restore the default, and the exit code: `python -m pytest` would kill itself if Ctrl-C came in an exec of text, as dataclasses use.

    CPython remembers such an interrupt, though it was handled, until the next exec of text (`run_eval_code_obj` in its pythonrun.c).
    """
    signal.signal(number, DEFAULTS[number])
    exec("")  # noqa: S102


def _interrupt(config: pytest.Config, number: int, _frame: object) -> NoReturn:
    """Interrupt, and have pytest stop in any case.

    Python drops an exception that comes while it finalizes an object; the run then ends after the scenario that runs.
    """
    signal.signal(number, AGAIN[signal.Signals(number)])
    if session := config.pluginmanager.get_plugin("session"):
        session.shouldstop = signal.Signals(number).name
    raise KeyboardInterrupt
