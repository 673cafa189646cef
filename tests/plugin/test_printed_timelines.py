"""What --lab-timeline prints, and what the JUnit report says about waits."""

import xml.etree.ElementTree as ET

import pytest

from tests.plugin.conftest import Folder
from tests.plugin.test_records import SERIAL_AND_PARALLEL, STEPS

WAITS = "\n  Scenario: Waits\n    Given a Pod comes up\n    Then it is waited for\n"
OTHERS = "\n  Scenario: Fails\n    Given a Pod comes up\n    Then it is not so\n\n  Scenario: Sees nothing\n    Then it is so\n"


def with_steps(folder: Folder) -> None:
    """Add sentences that see something."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + STEPS)


@SERIAL_AND_PARALLEL
def test_the_timelines_of_passing_scenarios_are_printed_once(folder: Folder, workers: list[str]) -> None:
    """One block each, also with -rA; a failure has printed its own."""
    with_steps(folder)
    folder.feature(WAITS + OTHERS)

    result = folder.run("--lab-timeline", "-rA", *workers)

    result.assert_outcomes(passed=2, failed=1)
    text = result.stdout.str()
    assert text.count(" timelines ") == 1
    block = text.partition(" timelines ")[2]
    assert [block.count(f"\na.feature::{title}\n") for title in ("Waits", "Sees nothing", "Fails")] == [1, 1, 0]
    result.stdout.fnmatch_lines(["a.feature::Waits", "  +* s key created", "  +* s web created", "  +* s scheduled to n1"])
    result.stdout.fnmatch_lines(["a.feature::Sees nothing", "  nothing was seen"])


@pytest.mark.parametrize("how", ["", "off", "settings"])
def test_timelines_are_printed_only_where_somebody_asks(folder: Folder, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Or by the settings file."""
    with_steps(folder)
    folder.feature(WAITS)
    monkeypatch.setenv("KUBELAB_TIMELINE", how if how == "off" else "")
    if how == "settings":
        folder.pytester.makeini("[pytest]\nlab_timeline = true")

    result = folder.run()

    result.assert_outcomes(passed=1)
    assert (" timelines " in result.stdout.str()) == (how == "settings")


def test_a_setting_that_is_neither_on_nor_off_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything runs."""
    folder.feature(WAITS)
    monkeypatch.setenv("KUBELAB_TIMELINE", "perhaps")

    result = folder.run()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(['*KUBELAB_TIMELINE says "perhaps"; it takes on or off: --lab-timeline'])


@SERIAL_AND_PARALLEL
def test_junit_has_the_wait_that_came_nearest_to_its_limit(folder: Folder, workers: list[str]) -> None:
    """Whatever the scenario's outcome; without a wait there is none."""
    with_steps(folder)
    folder.feature(f"{WAITS}    And it does not come in time\n\n  Scenario: Does not wait\n    Then it is so\n")

    folder.run("--junitxml=junit.xml", *workers)

    cases = ET.parse(folder.path / "junit.xml").iter("testcase")  # noqa: S314  (our own file)
    found = {case.get("name"): {one.get("name"): str(one.get("value")) for one in case.iter("property")} for case in cases}
    assert found["Waits"]["limit"] == "0.1"
    assert float(found["Waits"]["waited"]) >= 0.1
    assert found["Does not wait"] == {"feature": "Things"}
