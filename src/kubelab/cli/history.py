"""`kubelab history`: keeps how scenarios came out run by run, and tells what is flaky, what broke and when, what is slow or stale."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.cli import USAGE
from kubelab.cli.arguments import parser

if TYPE_CHECKING:
    from kubelab.history.version_overview import Overview

ABOUT = """\
Keep how scenarios came out, run by run, and tell from it what is flaky, what broke and since when, what is tight, slow or stale.

  kubelab history add RECORDS… --to DIR   add what runs have recorded (pytest --lab-record RECORDS)
  kubelab history DIR                     tell what the runs say, for each Kubernetes version
  kubelab history bundle FOLDER           add versions and checksums to all that one run has left, for others to check

DIR holds a file for each run and minor version, which is never changed: what several machines have kept is merged by copying it into one
folder, and adding the same records twice adds nothing. A file is one line of JSON for each scenario (docs/nightly.md#history).

classes:
  broken      the last two verdicts are failures, or it has never passed; since the run that is named
  stale       no run has had it for --stale days, or nothing but ERRORs
  flaky       passing turned into failing and back, counted as TestGrid does: three failures in a row are a break, not a flake
  not judged  neither passed nor failed in its last two runs; an ERROR or a skip counts for neither
  new         only in the last two runs
  passing     all the rest

It needs no cluster, and changes nothing but what --to and --html name.

Exit codes: 0 nothing is broken or stale; flaky scenarios are told, and do not change that · 1 something is broken or stale, or the newest
            run of a version has judged nothing · 2 a word on the command line is wrong · 3 no history, or a line that cannot be read

examples:
  kubelab history add reports/records --to history
  kubelab history history --html reports/history.html
  kubelab history history --kubernetes 1.36 --last 30 --stale 3
  kubelab history history --without 'features/old.feature'     a feature that you have removed
"""
BUNDLE = """\
Add README.md, versions.json and SHA256SUMS to the folder of a run on one Kubernetes version. In it are labs.xml (JUnit), records/ and,
as far as the run has left them, report.html, evidence/ and nodes/. A run that did not come to its end is no evidence: exit code 3.
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code. A folder that is called add or bundle is `./add` or `./bundle`."""
    others = {"add": _add, "bundle": _bundle}
    return others[words[0]](words[1:]) if words and words[0] in others else _tell(words)


def _add(words: Sequence[str]) -> int:
    form = parser("history add", "Add what a run has recorded to a history. Adding it twice adds nothing.", name=False)
    form.add_argument("records", metavar="RECORDS", nargs="+", type=Path, help="folders of pytest --lab-record")
    form.add_argument("--to", metavar="DIR", type=Path, required=True, help="the folder of the history; made if it is missing")
    arguments = form.parse_args(words)

    from kubelab.conditions.in_words import counted  # noqa: PLC0415  (not needed for --help)
    from kubelab.history import history_files  # noqa: PLC0415
    from kubelab.records import record_files  # noqa: PLC0415

    added = history_files.add(chain.from_iterable(map(record_files.in_folder, arguments.records)), arguments.to)
    print(f"added to {arguments.to}: {added.written} of {added.written + added.known} results; the others were there")
    if added.submissions:
        print(f"left out: {counted(added.submissions, 'result')} of submissions, which say nothing about labs")
    return 0


def _bundle(words: Sequence[str]) -> int:
    form = parser("history bundle", BUNDLE, name=False)
    form.add_argument("folder", metavar="FOLDER", type=Path, help="what the run has left: labs.xml, records/ and so on")
    folder = form.parse_args(words).folder

    from kubelab.history.bundle import SUMS, bundle  # noqa: PLC0415  (not needed for --help)
    from kubelab.records import record_files  # noqa: PLC0415

    made = bundle(folder, list(record_files.in_folder(folder / "records")))
    print(f"{folder}: {made.files} files; to check them: cd {folder} && sha256sum --check {SUMS}")
    if made.missing:
        print(f"it has no {', '.join(made.missing)}")
    return 0


def _tell(words: Sequence[str]) -> int:
    arguments = _form().parse_args(words)

    from kubelab.history import history_reading  # noqa: PLC0415  (not needed for --help)
    from kubelab.history.classes import Window  # noqa: PLC0415
    from kubelab.history.version_history import minor  # noqa: PLC0415
    from kubelab.history.version_overview import overview  # noqa: PLC0415

    histories = history_reading.read(arguments.folder)
    chosen = [one.without(arguments.without) for one in histories if not arguments.kubernetes or minor(arguments.kubernetes) == one.minor]
    if not any(one.tracks for one in chosen):
        print(f"{arguments.folder} has nothing of that; its versions are: {', '.join(one.minor for one in histories)}", file=sys.stderr)
        return USAGE
    window = Window(datetime.now(UTC), arguments.stale, arguments.last)
    overviews = [overview(one, window) for one in chosen if one.tracks]
    _show(overviews, as_data=arguments.json)
    _annotate(overviews)
    if arguments.html:
        _write(overviews, arguments.html)
    return int(any(one.alarm for one in overviews))


def _form() -> argparse.ArgumentParser:
    form = parser("history", ABOUT, name=False)
    form.add_argument("folder", metavar="DIR", type=Path, help="the folder of the history")
    form.add_argument("--html", metavar="FILE", type=Path, help="write it as a page, too: scenarios by runs, for each version")
    form.add_argument("--json", action="store_true", help="print it as JSON")
    form.add_argument("--kubernetes", metavar="V", default="", help="only this version, such as 1.36")
    form.add_argument("--last", metavar="N", type=_count, help="look only at the last N runs of each version")
    form.add_argument("--stale", metavar="DAYS", type=_count, default=7, help="days without a run after which a scenario is stale (7)")
    form.add_argument("--without", metavar="PATTERN", action="append", default=[], help="leave out features or scenarios by this name")
    return form


def _count(text: str) -> int:
    if text.isdecimal() and int(text):
        return int(text)
    raise argparse.ArgumentTypeError(f'"{text}" is not a number from 1 on')


def _show(overviews: Sequence["Overview"], *, as_data: bool) -> None:
    from kubelab.history import history_data, history_text  # noqa: PLC0415  (not needed for --help)

    if as_data:
        print(json.dumps(history_data.data(overviews), indent=1, ensure_ascii=False))
    else:
        coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        print(history_text.text(overviews, coloured=coloured))


def _annotate(overviews: Sequence["Overview"]) -> None:
    """Tell GitHub Actions, in whose pages a log is read last."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        from kubelab.history import annotations  # noqa: PLC0415

        print("\n".join(annotations.lines(overviews)), file=sys.stderr)


def _write(overviews: Sequence["Overview"], path: Path) -> None:
    """Write the page; that it cannot be written changes no verdict."""
    from kubelab.history import run_grid  # noqa: PLC0415  (not needed for --help)

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(run_grid.page(overviews), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        print(f"{path} could not be written: {error.strerror}", file=sys.stderr)
