"""Which feature files are labs: those that the setting lab_files names; the others are somebody else's."""

import os
import shlex
from fnmatch import fnmatch
from pathlib import Path

import pytest

from kubelab.plugin.option_list import FILES


def pytest_configure(config: pytest.Config) -> None:
    """Refuse patterns that cannot be read: nobody knows then what is a lab."""
    if not hasattr(config, "workerinput"):
        patterns(config)


def is_lab(config: pytest.Config, path: Path) -> bool:
    """Whether a file is a lab."""
    return path.suffix == ".feature" and any(_fits(path, pattern) for pattern in patterns(config))


def is_scenario(config: pytest.Config, nodeid: str) -> bool:
    """Whether an item's id is that of a scenario of a lab."""
    return is_lab(config, config.rootpath / nodeid.partition("::")[0])


def patterns(config: pytest.Config) -> list[str]:
    """The patterns of the setting; a usage error where it cannot be read."""
    try:
        said = shlex.split(os.environ.get(FILES.variable, ""))
    except ValueError as error:
        raise pytest.UsageError(f"{FILES.variable} cannot be read: {error}. Write it as in {FILES.variable}='labs/*.feature'") from error
    return said or list(config.getini(FILES.key))


def _fits(path: Path, pattern: str) -> bool:
    """As for pytest's python_files: a pattern without a slash is for the file's name, one with a slash for the end of its path."""
    if "/" not in pattern:
        return fnmatch(path.name, pattern)
    return fnmatch(path.as_posix(), pattern if pattern.startswith("/") else f"*/{pattern.removeprefix('./')}")
