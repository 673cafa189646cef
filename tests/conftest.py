"""What every process that a test starts has: Ctrl-C ends it, and its pytest loads no plugin that it does not use."""

import signal
from collections.abc import Iterator

import pytest

LIGHT = "-p no:hypothesispytest -p no:anyio"
"""Words for pytest: two plugins, one of them this project's own, would cost each run 0.1 to 0.3 s."""


@pytest.fixture(scope="session", autouse=True)
def _heed_ctrl_c() -> None:
    """In a background job of a script, which ignores Ctrl-C, its children would ignore it too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _light_runs() -> Iterator[None]:
    """In the processes of a test; pytester discards these words, so its runs are told them anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTEST_ADDOPTS", LIGHT)
        yield
