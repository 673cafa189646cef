"""A table as kubectl prints it: its cells are found by the header, since they may be empty."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kubelab.conditions.printed.outputs import printed
from kubelab.errors import LabFailure
from kubelab.output import Output

TITLE = re.compile(r"\S+(?: \S+)*")
"""A column's title: words a single space apart, as in "NOMINATED NODE"."""


def shows_columns(output: Output, wanted: Sequence[Sequence[str]]) -> None:
    """LabFailure unless the columns titled in the first row contain exactly the other rows, in their order."""
    titles, *rows = (tuple(row) for row in wanted)
    if columns(output.out, titles) != rows:
        raise LabFailure(expected=f"the output has the columns {_drawn([titles, *rows])}", last_saw=printed(output))


def lists_exactly(output: Output, names: Sequence[str]) -> None:
    """LabFailure unless the column NAME contains exactly these, in any order."""
    rows = columns(output.out, ("NAME",))
    found = [name for (name,) in rows or ()]
    if sorted(found) != sorted(names):
        told = printed(output) if rows is None else f'it lists "{", ".join(found)}"'
        raise LabFailure(expected=f'the output lists exactly "{", ".join(names)}"', last_saw=told)


def columns(text: str, titles: Sequence[str]) -> list[tuple[str, ...]] | None:
    """The rows of a table with only the cells under these titles; None where a title is missing."""
    header, *rows = text.splitlines() or [""]
    starts = {match[0]: match.start() for match in TITLE.finditer(header)}
    if not starts.keys() >= set(titles):
        return None
    spans = dict(zip(starts, pairwise([*starts.values(), None]), strict=True))
    return [tuple(row[slice(*spans[title])].strip() for title in titles) for row in rows if row.strip()]


def _drawn(rows: Sequence[Sequence[str]]) -> str:
    return "; ".join(" | ".join(cell or "-" for cell in row) for row in rows)
