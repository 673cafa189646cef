"""How pytest is called to grade: which cluster it uses, how many scenarios run at a time, and whose settings count."""

import argparse
import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from kubelab.cli.arguments import settings, told_to_pytest, variable, variables_of_file
from kubelab.clusters.settings import Settings
from kubelab.plugin.handshake import plain

JOBS = 4
"""How many scenarios run at a time where nobody says."""


def jobs(wanted: int | None) -> int:
    """How many scenarios run at a time; ValueError where that cannot be."""
    parallel = find_spec("xdist") is not None
    if wanted is not None and wanted < 1:
        raise ValueError("--jobs takes a number from 1 on")
    if wanted and wanted > 1 and not parallel:
        raise ValueError("--jobs needs pytest-xdist: pip install 'kubelab[parallel]'")
    return wanted or (JOBS if parallel else 1)


def parallel(at_a_time: int) -> list[str]:
    """The options for that number of scenarios at a time; a worker that dies is then replaced, also where there is one."""
    return ["-n", str(at_a_time), "--dist", "worksteal"] if find_spec("xdist") else []


def rooted(features: Path, home: Path) -> list[str]:
    """The options with which pytest reads no settings file that happens to lie above the features that ship."""
    file = home / "pytest.ini"
    file.write_text("[pytest]\n", encoding="utf-8")
    return ["-c", str(file.absolute()), "--rootdir", str(features.parent)]


def environment(arguments: argparse.Namespace) -> Mapping[str, str]:
    """The environment of pytest: ours, with the settings of the command line and of the settings file that counts here.

    Python takes nothing from the current folder, in which the students' files may lie, and nothing runs where the API server does not keep
    it in its namespaces, unless the settings say so. What the command line of the run says (files, solutions, scores) is not said here.
    """
    wanted, usual = settings(arguments), Settings()
    said = {variable(name): str(getattr(wanted, name)) for name in told_to_pytest() if getattr(wanted, name) != getattr(usual, name)}
    return {**plain({"KUBELAB_CONTAIN": "required", **variables_of_file(), **os.environ, **said}), "PYTHONSAFEPATH": "1"}
