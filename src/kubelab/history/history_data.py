"""A history summed up as data, for other programs: `kubelab history DIR --json`."""

from collections.abc import Sequence
from typing import Any

from kubelab.history.classes import Standing
from kubelab.history.version_history import Run
from kubelab.history.version_overview import Overview

VERSION = 1
"""The version of this shape."""


def data(overviews: Sequence[Overview]) -> dict[str, Any]:
    """All versions, their runs and scenarios; shares count from 0 to 1, times in seconds."""
    return {"version": VERSION, "alarm": any(one.alarm for one in overviews), "kubernetes": [_version(one) for one in overviews]}


def _version(overview: Overview) -> dict[str, Any]:
    return {
        "version": overview.minor,
        "alarm": overview.alarm,
        "judged_nothing": overview.judged_nothing,
        "runs": [{"number": one.number, "began": one.began, "run": one.id, "kubernetes": one.kubernetes} for one in overview.runs],
        "scenarios": [_scenario(one) for one in overview.standings],
    }


def _scenario(one: Standing) -> dict[str, Any]:
    return {
        "scenario": one.track.id,
        "feature": one.track.feature,
        "name": one.track.name,
        "chapter": one.track.chapter,
        "class": one.kind,
        "outcomes": one.letters,
        "broken_since": _number(one.since),
        "last_run": one.last.number,
        "last_failed": _number(one.last_failed),
        "turned": one.turned,
        "reason": one.reason,
        "flips": one.flakes.flips,
        "of_runs": one.flakes.runs,
        "flake_rate": round(one.flakes.rate, 4),
        "interval": [round(bound, 4) for bound in one.flakes.interval],
        "seconds": one.seconds,
        "limit_used": one.used,
        "limit_used_before": one.used_before,
    }


def _number(run: Run | None) -> int | None:
    return run.number if run else None
