"""A part of the cluster that did not act when it should have."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outage:
    """Which part was not available and since when, in one line without a full stop, and the command that shows it."""

    text: str
    command: str
