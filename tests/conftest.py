"""Tests end what they start by Ctrl-C: in a background job of a script, which ignores it, its children would ignore it too."""

import signal

import pytest


@pytest.fixture(scope="session", autouse=True)
def _heed_ctrl_c() -> None:
    """From now on every process that a test starts begins with the default handler."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
