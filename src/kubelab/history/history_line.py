"""A line of a history: how one scenario came out in one run on one Kubernetes version, in version 1, described by `history.schema.json`."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kubelab.errors import SetupTrouble
from kubelab.records.scenario_record import SKIPPED, ScenarioRecord

VERSION = 1
"""The version that is written, and the only one that is read."""
TEXT, NUMBER, WHOLE, NOTHING = frozenset([str]), frozenset([int, float]), frozenset([int]), frozenset([type(None)])
RUN: Mapping[str, frozenset[type]] = {"version": WHOLE, "run": TEXT, "began": TEXT, "kubernetes": TEXT, "kubelab": TEXT}
RESULT: Mapping[str, frozenset[type]] = {
    "outcome": TEXT,
    "seconds": NUMBER,
    "waited": NUMBER | NOTHING,
    "limit": NUMBER | NOTHING,
    "at": WHOLE | NOTHING,
    "reason": TEXT,
}
SCENARIO: Mapping[str, frozenset[type]] = {"scenario": TEXT, "feature": TEXT, "name": TEXT, "chapter": TEXT, "line": WHOLE}
"""The three parts of a line in their order, and the types of their values."""
FORMAT = "%Y-%m-%dT%H:%M:%SZ"
"""How a line writes a time: in UTC, to the second."""
LONGEST = 200
"""Characters of a reason: the record has the whole text."""


def text(record: ScenarioRecord, kubernetes: str) -> str:
    """The line, with its end. `kubernetes` is the version of the cluster, "" where nobody knows it.

    `waited`, `limit` and `at` are of the wait that came nearest to its limit, null without one. SetupTrouble where the record has no time.
    """
    at, wait = record.nearest or (None, None)
    said = {
        "version": VERSION,
        "run": record.run.run,
        "began": began(record),
        "kubernetes": kubernetes,
        "kubelab": record.run.kubelab,
        "outcome": record.outcome,
        "seconds": round(record.seconds, 3),
        "waited": round(wait.waited, 3) if wait else None,
        "limit": round(wait.limit, 3) if wait else None,
        "at": at,
        "reason": _reason(record),
        "scenario": record.id,
        "feature": record.feature,
        "name": record.scenario,
        "chapter": record.chapter,
        "line": record.line,
    }
    return f"{written(said)}\n"


def written(said: Mapping[str, Any]) -> str:
    """The line as text without its end: always in this order, by which it can be read quickly. KeyError where something is missing."""
    return json.dumps({name: said[name] for name in (*RUN, *RESULT, *SCENARIO)}, ensure_ascii=False, separators=(",", ":"))


def began(record: ScenarioRecord) -> str:
    """When its run began, as `2026-08-11T02:17:04Z`; SetupTrouble where the record does not say it."""
    try:
        moment = datetime.fromisoformat(record.run.began)
    except ValueError as error:
        raise SetupTrouble(f'The record of "{record.id}" has no time at which its run began: "{record.run.began}".') from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime(FORMAT)


def _reason(record: ScenarioRecord) -> str:
    """In a line, why it was skipped, or why it did not pass."""
    said = record.reason if record.outcome == SKIPPED else record.cause or record.text
    return next(iter(said.strip().splitlines()), "")[:LONGEST]
