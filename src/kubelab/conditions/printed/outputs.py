"""Checks of what a command printed: judged at once, in the lab's own words."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from kubelab.errors import LabFailure
from kubelab.manifests import Document
from kubelab.output import Output

SHOWN = 600
"""The most characters of an output that a failure quotes."""
DATES = (r"%b {day}\b.*\b%Y", r"\b{day} %b\w* %Y", r"%Y-%m-%d", r"%m/%d/%y")
"""How the program `date` writes a day: Tue Nov 24 05:00:00 UTC 2026, 24 Nov 2026, 2026-11-24, 11/24/26."""


def shows(output: Output, text: str) -> None:
    """LabFailure unless the output contains the text."""
    if text not in output.out + output.err:
        raise LabFailure(expected=f'the output shows "{text}"', last_saw=printed(output))


def does_not_show(output: Output, text: str) -> None:
    """LabFailure where the output contains the text, and where it is empty or the command failed: that would prove nothing."""
    if not output.good or not (output.out + output.err).strip():
        raise LabFailure(expected=f'the command prints something, without "{text}"', last_saw=f"exit code {output.code}, {printed(output)}")
    if text in output.out + output.err:
        raise LabFailure(expected=f'the output does not show "{text}"', last_saw=printed(output))


def shows_in_order(output: Output, text: str) -> None:
    """LabFailure unless the lines of the text are in the output, in their order; the width of spaces does not count."""
    rest = _flat(output.out + output.err)
    for line in filter(None, map(_flat, text.splitlines())):
        _, found, rest = rest.partition(line)
        if not found:
            raise LabFailure(expected=f'the output shows "{line}", in this order', last_saw=printed(output))


def shows_the_date(output: Output, now: datetime) -> None:
    """LabFailure unless the output contains the day of this moment, or of an hour before it."""
    days = [day.strftime(form).format(day=f"0?{day.day}") for day in (now, now - timedelta(hours=1)) for form in DATES]
    if not re.search("|".join(days), _flat(output.out)):
        raise LabFailure(expected=f"the output shows the date, as in {now:%a %b %d %H:%M:%S UTC %Y}", last_saw=printed(output))


def is_manifest_of(documents: Sequence[Document], kind: str, name: str) -> None:
    """LabFailure unless the documents are exactly one manifest, of that object."""
    seen = [f'{document.kind} "{document.name}"' for document in documents]
    if seen != [f'{kind} "{name}"']:
        raise LabFailure(expected=f'the output is the manifest of {kind} "{name}"', last_saw=", ".join(seen) or "no manifest")


def refuses(output: Output, text: str) -> None:
    """LabFailure unless the command failed and printed the text."""
    if output.good or text not in output.err:
        raise LabFailure(expected=f'kubectl refuses with "{text}"', last_saw=f"exit code {output.code}, {printed(output)}")


def printed(output: Output) -> str:
    """What was printed, shortened for a failure: `it printed "…"`."""
    text = (output.out + output.err).strip()
    shown = text if len(text) <= SHOWN else text[:SHOWN] + " …"
    return f"it printed:\n{shown}" if "\n" in shown else f'it printed "{shown}"'


def _flat(text: str) -> str:
    return " ".join(text.split())
