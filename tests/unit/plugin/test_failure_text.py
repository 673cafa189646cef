"""Which of the evidence is in the text of a failure, and how much of it."""

from types import SimpleNamespace
from typing import Any

import pytest

from kubelab.authoring import Step
from kubelab.diagnostics import Section
from kubelab.errors import LabFailure
from kubelab.plugin import failure_text
from kubelab.plugin.execution import ScenarioFailed, StepFailure

ITEM: Any = SimpleNamespace(feature=SimpleNamespace(shown="a.feature"), funcargs={})
HEAD = ["a.feature:3  Then it is so", "  expected   a thing", "  last saw   none"]


@pytest.fixture(autouse=True)
def _again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failure_text, "again", lambda _: "pytest a.feature::S")


def told(*sections: Section, timeline: str = "") -> list[str]:
    """The lines of a failure with this evidence, without its head and the command that runs it again."""
    error = LabFailure(expected="a thing", last_saw="none", timeline=timeline)
    lines = failure_text.told(ITEM, ScenarioFailed([StepFailure(Step("Then", "then", "it is so", 3), error, sections)])).splitlines()
    assert (lines[:3], lines[-1]) == (HEAD, "  again      pytest a.feature::S")
    return lines[3:-1]


def section(title: str, count: int = 6) -> Section:
    """So many lines with numbers."""
    return Section(title, tuple(f"{title} {number}" for number in range(count)))


def test_without_a_cause_four_sections_have_four_lines_each() -> None:
    """Of logs the last ones; a title that is long has a line of its own."""
    lines = told(section("objects"), section("logs web/nginx"), section("events", 1), section("nodes", 1), section("more"))

    assert lines == [
        "  objects    objects 0",
        *(f"             objects {number}" for number in (1, 2, 3)),
        "  logs web/nginx",
        *(f"             logs web/nginx {number}" for number in (2, 3, 4, 5)),
        "  events     events 0",
        "  nodes      nodes 0",
    ]


def test_a_cause_comes_before_the_timeline_and_leaves_less_room() -> None:
    """It is told as it is, however long; after it come two sections, of the second of which two lines."""
    cause = Section(failure_text.WHY, ("x" * 500,))

    assert told(cause, section("objects"), section("events"), section("nodes"), timeline="+0.0 s web created") == [
        f"  why        {'x' * 500}",
        "  timeline   +0.0 s web created",
        "  objects    objects 0",
        *(f"             objects {number}" for number in (1, 2, 3)),
        "  events     events 0",
        "             events 1",
    ]


def test_long_lines_of_evidence_are_cut() -> None:
    """All of them are in the folder of --lab-evidence."""
    [line] = told(Section("events", ("x" * 500,)))

    assert line == f"  events     {'x' * failure_text.WIDTH}"


def test_the_timeline_is_told_once() -> None:
    """That of the failure itself, else that of the evidence."""
    assert told(section("timeline", 1), timeline="+0.0 s web created") == ["  timeline   +0.0 s web created"]
    assert told(section("timeline", 1)) == ["  timeline   timeline 0"]
