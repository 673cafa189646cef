"""A history as one page for a browser: for each version the scenarios by runs, a letter a cell, and above what needs somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from kubelab import durations
from kubelab.history import history_text
from kubelab.history.classes import Standing
from kubelab.history.version_history import LETTERS, Run
from kubelab.history.version_overview import Overview

if TYPE_CHECKING:
    from jinja2 import Environment

WIDEST = 60
"""The most runs of a table: two months of nights, and a page of a size that opens at once."""


@dataclass(frozen=True)
class Cell:
    """A scenario in a run: its letter, and everything about it in a line."""

    letter: str
    sign: str
    title: str


@dataclass(frozen=True)
class Row:
    """A scenario, and what it is called in links on this page."""

    standing: Standing
    anchor: str
    runs: Sequence[Run]

    @property
    def look(self) -> str:
        """The class of its style."""
        return self.standing.kind.replace(" ", "-")

    @property
    def what(self) -> str:
        """What is to be said of it."""
        return history_text.what(self.standing)

    @property
    def rate(self) -> str:
        """How often it flips; nothing where it never does."""
        return history_text.rate(self.standing) if self.standing.flakes.flips else ""

    @property
    def seconds(self) -> str:
        """The median of its passes."""
        return "" if self.standing.seconds is None else durations.short(self.standing.seconds)

    @property
    def headroom(self) -> str:
        """How near its waits come to their limits."""
        return history_text.headroom(self.standing)

    @property
    def cells(self) -> list[Cell]:
        """One for each run of the table."""
        return [_cell(self.standing, run) for run in self.runs]


@dataclass(frozen=True)
class Lab:
    """The scenarios of a feature."""

    chapter: str
    feature: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Sheet:
    """A version with its table."""

    overview: Overview
    anchor: str

    @property
    def runs(self) -> Sequence[Run]:
        """Those of the table, the newest first: that is what one comes to see."""
        return self.overview.runs[: -WIDEST - 1 : -1]

    @property
    def older(self) -> bool:
        """There are runs that the table does not show."""
        return len(self.overview.runs) > WIDEST

    @property
    def counts(self) -> str:
        """How many scenarios each class has."""
        return history_text.counts(self.overview)

    @property
    def looked_at(self) -> str:
        """Which runs were looked at."""
        return history_text.looked_at(self.overview)

    @cached_property
    def rows(self) -> Sequence[Row]:
        """All scenarios."""
        return [Row(one, f"{self.anchor}-{number}", self.runs) for number, one in enumerate(self.overview.standings, 1)]

    @property
    def needing(self) -> list[Row]:
        """Those that need somebody, in the order of how much."""
        by_id = {row.standing.track.id: row for row in self.rows}
        return [by_id[one.track.id] for one in self.overview.needing]

    @property
    def labs(self) -> list[Lab]:
        """The rows by feature."""
        groups = groupby(self.rows, key=lambda row: (row.standing.track.chapter, row.standing.track.feature))
        return [Lab(*names, list(rows)) for names, rows in groups]


def page(overviews: Sequence[Overview]) -> str:
    """The page: it needs nothing but itself, and says the same of the same history."""
    sheets = [Sheet(one, f"v{number}") for number, one in enumerate(overviews, 1)]
    return _environment().get_template("grid.html.jinja").render(sheets=sheets)


def _cell(standing: Standing, run: Run) -> Cell:
    result = standing.track.results.get(run.number)
    if not result:
        return Cell("none", "·", f"{run}: not in this run")
    return Cell(
        LETTERS[result.outcome],
        LETTERS[result.outcome],
        ": ".join(filter(None, [f"{run}: {result.outcome} in {durations.short(result.seconds)}", result.reason])),
    )


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  (not needed for --help)

    return Environment(loader=PackageLoader("kubelab.history"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
