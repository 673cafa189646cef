"""The report as one page for a browser, which needs nothing but itself: the same records make the same bytes."""

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.records import record_files, whole_file
from kubelab.records.scenario_record import ScenarioRecord
from kubelab.reports.overview import overview

if TYPE_CHECKING:
    from jinja2 import Environment

SCRIPT = "report.js"


def page(records: Iterable[ScenarioRecord]) -> str:
    """The page of these records, in whatever order they come. ValueError where there are none."""
    ordered = sorted(records, key=_order)
    if not ordered:
        raise ValueError("there are no records to report")
    templates = _environment()
    source = templates.get_template(SCRIPT).render()
    return templates.get_template("report.html.jinja").render(report=overview(ordered), script=source, digest=_digest(source))


def write(records: Iterable[ScenarioRecord], file: Path) -> None:
    """Write their page, with the folders above it: whoever opens the file sees all of it or nothing. OSError where that cannot be."""
    whole_file.put(file, page(records))


def _order(record: ScenarioRecord) -> tuple[str, str, int, str, str, str, str]:
    """That of the files; what is equal in all of this is equal altogether, or its whole text decides."""
    run = record.run
    return (record.chapter, record.feature, record.line, record.scenario, record.student, run.kubernetes, record_files.text(record))


def _digest(text: str) -> str:
    """By which the page's policy knows its own script, and lets no other run."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  (not needed for --help)

    return Environment(
        loader=PackageLoader("kubelab.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
