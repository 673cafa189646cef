"""The end of a run: which sentences waited longest, which had the least time left; nothing is printed without such waits."""

import pytest

from tests.plugin.conftest import Folder

LONG = "".join(f"    Then it waited {seconds} of 30 seconds\n" for seconds in (0.9, 1, 2, 3, 4, 5, 17.94))
TIGHT = "    Then it waited 18 of 30 seconds\n    And it waited 0.71 of 1 seconds\n    And it waited 1.02 of 1 seconds\n"
OTHERS = "    Then it stayed so for 60 seconds\n    And it waited in vain for 30 seconds\n"
TOLD = [
    "= slowest waits =",
    "  18 of 30 s  b.feature:4  Then it waited 18 of 30 seconds",
    "17.9 of 30 s  a.feature:9  Then it waited 17.94 of 30 seconds",
    "   5 of 30 s  a.feature:8  Then it waited 5 of 30 seconds",
    "   4 of 30 s  a.feature:7  Then it waited 4 of 30 seconds",
    "   3 of 30 s  a.feature:6  Then it waited 3 of 30 seconds",
    "= least headroom =",
    "100 %    1 of 1 s  b.feature:6  And it waited 1.02 of 1 seconds",
    " 71 %  0.7 of 1 s  b.feature:5  And it waited 0.71 of 1 seconds",
    " 60 %  18 of 30 s  b.feature:4  Then it waited 18 of 30 seconds",
]


def told(result: pytest.RunResult) -> list[str]:
    """Both sections, with short titles."""
    lines = result.outlines
    titles = [at for at, line in enumerate(lines) if line.strip("= ") in {"slowest waits", "least headroom"}]
    end = next(at for at, line in enumerate(lines) if at > titles[-1] and line.startswith("=") and at not in titles)
    return [f"= {line.strip('= ')} =" if line.startswith("=") else line for line in lines[titles[0] : end]]


@pytest.mark.parametrize("how", [[], ["-n", "2"], ["-v", "--tb=no"], ["-rA"]], ids=" ".join)
def test_the_slowest_and_the_tightest_are_told(folder: Folder, how: list[str]) -> None:
    """The same in a serial and in a parallel run: of met waits, but not of states that lasted; the most important first."""
    folder.feature(f"\n  Scenario: Slow\n{LONG}".removeprefix("\n"), "a")
    folder.feature(f"\n  Scenario: Tight\n{TIGHT}{OTHERS}", "b")

    assert told(folder.run(*how)) == TOLD


def test_nothing_is_told_without_long_waits(folder: Folder) -> None:
    """Nor for a run without labs, nor for one in which nothing ran."""
    folder.feature("  Scenario: Quick\n    Then it waited 0.5 of 30 seconds\n    And it is so\n")
    (folder.path / "test_a.py").write_text("def test_it():\n    pass\n")

    for words in ([], ["test_a.py"], ["-k", "nothing"], ["--collect-only"]):
        result = folder.run(*words)
        result.stdout.no_fnmatch_line("*slowest waits*")
        result.stdout.no_fnmatch_line("*least headroom*")


@pytest.mark.parametrize("how", ["-q", "-qq", "-pno:terminal"])
def test_a_quiet_run_does_not_tell(folder: Folder, how: str) -> None:
    """As with pytest's own sections."""
    folder.feature(f"  Scenario: Tight\n{TIGHT}")

    result = folder.run_apart(how)

    assert result.ret == 0
    result.stdout.no_fnmatch_line("*slowest waits*")


def test_a_scenario_that_pytest_bdd_runs_counts_too(folder: Folder) -> None:
    """A scenario that a Python module binds."""
    folder.feature("  Scenario: Tight\n    Then it waited 29 of 30 seconds\n")
    (folder.path / "test_a.py").write_text("from pytest_bdd import scenarios\nscenarios('a.feature')\n")

    result = folder.run()

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*least headroom*", " 97 %  29 of 30 s  *a.feature:3  Then it waited 29 of 30 seconds"])


def test_a_crashed_worker_hides_no_waits_of_others(folder: Folder) -> None:
    """Nothing is known of its own scenario."""
    folder.feature("  Scenario: Dies\n    Then it waited 28 of 30 seconds\n    When the worker dies\n", "a")
    folder.feature("  Scenario: Tight\n    Then it waited 29 of 30 seconds\n", "b")

    result = folder.run("-n", "2")

    result.stdout.fnmatch_lines(["*least headroom*", " 97 %  29 of 30 s  b.feature:3*"])
    result.stdout.no_fnmatch_line("*28 of 30 s*")
