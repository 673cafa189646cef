"""Nothing hides a verdict: no tag, no step of an instructor's own, nothing that the machine lacks."""

import pytest

from kubelab.plugin.reporting import COULD_NOT_JUDGE
from tests.plugin.conftest import Folder

NOT_SO = "    Then it is not so\n"
GONE = "    Then the cluster is gone\n"


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_trouble_of_a_scenario_that_is_marked_to_fail_is_an_error(folder: Folder, workers: list[str]) -> None:
    """Trouble is not the failure that the tag expects; a real failure is."""
    folder.feature(f"\n  @xfail\n  Scenario: S\n{GONE}\n  @xfail\n  Scenario: T\n{NOT_SO}")

    result = folder.run(*workers)

    result.assert_outcomes(errors=1, xfailed=1)
    assert result.ret == 6


def test_a_cluster_that_is_missing_is_an_error_of_what_is_marked_to_fail(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even before its first sentence."""
    monkeypatch.setenv("NO_CLUSTER", "1")
    folder.feature(f"\n  @xfail\n  Scenario: S\n{NOT_SO}")

    folder.run().assert_outcomes(errors=1)


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_trouble_of_the_cluster_is_an_error_that_names_it(folder: Folder, workers: list[str]) -> None:
    """With the command that shows it; but an earlier failure stays the verdict."""
    refused = '    Then the API server refuses with failed calling webhook "pods.example.com": no endpoints\n'
    folder.feature(f"\n  Scenario: S\n{refused}\n  Scenario: T\n{NOT_SO}{refused.replace('Then', 'And')}")

    result = folder.run(*workers)

    result.assert_outcomes(errors=1, failed=1)
    text = result.stdout.str()
    assert 'The lab cannot be judged: the webhook "pods.example.com" of the cluster does not answer: no endpoints' in text
    assert " --kubeconfig /nowhere/kubeconfig --context fake get validatingwebhookconfigurations" in text


def test_what_a_tag_skips_is_not_blamed_on_the_cluster(folder: Folder) -> None:
    """It was not tried."""
    folder.feature(f"\n  @skip\n  Scenario: S\n{NOT_SO}")

    result = folder.run()

    result.assert_outcomes(skipped=1)
    assert "not possible on this cluster" not in result.stdout.str()


def with_step(folder: Folder, step: str) -> None:
    """Add a step of an instructor's own."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(f"{conftest.read_text()}\nimport pytest\n@then('it is mine')\n{step}\n")


def test_a_failure_is_not_hidden_by_a_step_that_skips(folder: Folder) -> None:
    """A step of one's own may skip; the earlier failure stays."""
    with_step(folder, "def mine():\n    pytest.skip('not today')")
    folder.feature("\n  Scenario: S\n    Then it is not so\n    And it is mine\n  Scenario: T\n    Then it is mine\n    And it is not so\n")

    result = folder.run()

    result.assert_outcomes(failed=1, skipped=1)
    result.stdout.fnmatch_lines(["a.feature:4  Then it is not so", "  expected   a thing"])


def test_a_failure_is_not_hidden_by_a_mistake_in_python(folder: Folder) -> None:
    """Both are reported."""
    with_step(folder, "def mine():\n    1 / 0")
    folder.feature("\n  Scenario: S\n    Then it is not so\n    And it is mine\n")

    result = folder.run()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*ZeroDivisionError*", "*Before it, this failed:", "*Then it is not so"])


@pytest.mark.parametrize("body", ["assert False", "yield"])
def test_an_async_step_is_an_error(folder: Folder, body: str) -> None:
    """It would pass without having run."""
    with_step(folder, f"async def mine():\n    {body}")
    folder.feature("\n  Scenario: S\n    Then it is mine\n")

    result = folder.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*The step mine in conftest is async and would never run: write it with a plain def."])


def no_home(_: object) -> None:
    """As for a user that the system does not know."""
    raise RuntimeError("Could not determine home directory.")


def test_a_user_without_a_home_can_run_other_tests(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lab says what it needs, without a traceback."""
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr("pathlib.Path.home", classmethod(no_home))
    (folder.path / "test_plain.py").write_text("def test_plain(): pass\n")
    folder.run("test_plain.py").assert_outcomes(passed=1)
    folder.feature("\n  Scenario: S\n    Given a thing\n")

    result = folder.run()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["kubelab has no folder to keep what a run needs: This user has no home folder. *"])


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_a_folder_that_cannot_be_written_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch, workers: list[str]) -> None:
    """By each lab, without a traceback; what is not a lab runs."""
    (folder.path / "file").write_text("")
    (folder.path / "test_plain.py").write_text("def test_plain(): pass\n")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder.path / "file"))
    folder.feature("\n  Scenario: S\n    Given a thing\n")

    result = folder.run(*workers)

    result.assert_outcomes(passed=1, errors=1)
    assert result.ret == COULD_NOT_JUDGE
    text = result.stdout.str()
    assert "kubelab has no folder to keep what a run needs: Not a directory: " in text
    assert "Make room there, or name another: XDG_STATE_HOME=…" in text
    assert "Traceback" not in text


@pytest.mark.parametrize("place", ["locks", "cluster.json"])
def test_a_disk_that_takes_nothing_more_is_an_error_of_the_scenario(folder: Folder, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """A file where the locks should be, a full disk where the run's files should be."""
    folder.feature("\n  Scenario: S\n    Given a thing\n")
    if place == "locks":
        (folder.path / "state" / "kubelab").mkdir(parents=True)
        (folder.path / "state" / "kubelab" / "locks").write_text("")
    else:
        monkeypatch.setattr("kubelab.plugin.run_facts.FACTS", "../../../full")
        (folder.path / "full").symlink_to("/dev/full")
        (folder.path / "state").mkdir()
        (folder.path / "state" / "full").symlink_to("/dev/full")

    result = folder.run()

    result.assert_outcomes(errors=1)
    text = result.stdout.str()
    assert "Make room there, or name another" in text
    assert "Traceback" not in text


@pytest.mark.parametrize(("number", "says"), [("ENOSPC", "No space left on device"), ("EROFS", "Read-only file system")])
def test_a_step_whose_disk_is_full_is_an_error_in_words(folder: Folder, number: str, says: str) -> None:
    """Tested with scripts; other errors with files are mistakes of the step's author, for which pytest's traceback is best."""
    conftest = folder.path / "conftest.py"
    step = '\n\n@when("the disk is full")\ndef is_full() -> None:\n    """It is full."""\n'
    conftest.write_text(f"import errno\n{conftest.read_text()}{step}    raise OSError(errno.{number}, os.strerror(errno.{number}), '/x')\n")
    folder.feature("\n  Scenario: S\n    When the disk is full\n")

    result = folder.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["a.feature:4  When the disk is full", f"  kubelab cannot write what it needs: {says}: /x"])
    assert "Traceback" not in result.stdout.str()


def test_an_invalid_setting_does_not_affect_other_tests(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The header reports it, and the tests run."""
    monkeypatch.setenv("KUBELAB_WORKERS", "many")
    (folder.path / "test_plain.py").write_text("def test_plain(): pass\n")

    result = folder.run()

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(['kubelab: "many" is not a number of workers.'])


AGAIN = """
from _pytest.runner import runtestprotocol
def pytest_runtest_protocol(item):
    runtestprotocol(item, log=False)
    for report in runtestprotocol(item, log=False):
        item.ihook.pytest_runtest_logreport(report=report)
    return True
"""
"""A plugin that runs each item twice and reports the second run only."""


def test_a_second_run_is_judged_by_itself(folder: Folder) -> None:
    """The first failure has left nothing behind: no verdict, and no namespace that is kept."""
    with_step(
        folder,
        f"def mine():\n    fresh = not (LOG.parent / 'once').exists()\n    (LOG.parent / 'once').touch()\n    assert not fresh\n{AGAIN}",
    )
    folder.feature("\n  Scenario: S\n    Then it is mine\n")

    folder.run("--lab-keep", "failed").assert_outcomes(passed=1)

    assert [line.split()[0] for line in folder.log if "Namespace" in line] == ["create", "patch", "create", "delete"]


THREE = f"\n  Scenario: Good\n    Given a thing\n\n  Scenario: Bad\n{NOT_SO}\n  Scenario: Gone\n{GONE}"


def test_those_that_failed_and_those_in_trouble_are_the_last_failed(folder: Folder) -> None:
    """Neither counts as passed."""
    folder.feature(THREE)

    folder.pytester.runpytest_inprocess().assert_outcomes(passed=1, failed=1, errors=1)
    result = folder.pytester.runpytest_inprocess("--lf")

    result.assert_outcomes(failed=1, errors=1)
    assert "Good" not in result.stdout.str()


@pytest.mark.parametrize(("name", "code"), [("Bad", 1), ("Gone", 6)])
def test_the_first_that_fails_or_is_in_trouble_ends_a_run_that_asks_so(folder: Folder, name: str, code: int) -> None:
    """With the exit code that belongs to it."""
    folder.feature(THREE)

    result = folder.run("-x", f"a.feature::{name}", "a.feature::Good")

    assert result.ret == code
    assert "passed" not in result.parseoutcomes()


def test_all_that_could_not_be_undone_is_told(folder: Folder) -> None:
    """One does not hide the other, and the remaining changes are undone all the same."""
    with_step(folder, "def mine(lab):\n    def stays_too(): raise LabFailure('Another change stays.')\n    lab.undo.append(stays_too)")
    changes = "    Given a lasting change\n    And a change that nobody can undo\n"
    folder.feature(f"\n  Scenario: S\n{changes}    Then it is mine\n")

    result = folder.run()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["Another change stays.", "The change stays. *"])
    assert [line for line in folder.log if line.startswith("undo")] == ["undo second", "undo first"]
    assert result.ret == 6
