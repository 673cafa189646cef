"""One of those who act for labs that was not there when it was its turn."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outage:
    """Who was not there and since when, in one line without its full stop, and the command that shows it."""

    text: str
    command: str
