"""Every scenario is collected under its title; a mistake is an error with file and line, and the other scenarios run."""

import cProfile
import os
from pathlib import Path

import pytest

from kubelab.authoring import named, parse
from tests.plugin.conftest import Folder

GOOD = """
  Scenario: Good
    Given a thing
    Then it is so
"""


def test_an_item_is_named_by_its_title(folder: Folder) -> None:
    """The id consists of file and title."""
    folder.feature(GOOD, "features/pods/a")

    assert folder.ids() == ["features/pods/a.feature::Good"]


def test_outline_rows_have_readable_names(folder: Folder) -> None:
    """A placeholder in the title is filled in; otherwise the row's cells follow in brackets."""
    folder.feature("""
  Scenario Outline: A thing <n>
    Given a thing "<n>"
    Examples:
      | n |
      | a |
      | b |
  Scenario Outline: Some things
    Given a thing "<n>"
    Examples:
      | n | why  |
      | a | this |
      | b | that |
""")

    names = [name.partition("::")[2] for name in folder.ids()]

    assert names == ["A thing a", "A thing b", "Some things[a, this]", "Some things[b, that]"]


@pytest.mark.parametrize(
    "words", [["a.feature::Good"], ["-k", "Good"], ["-x"], ["-n", "2"], ["a.feature"], ["-m", "not slow"]], ids=" ".join
)
def test_a_scenario_runs_however_it_is_chosen(folder: Folder, words: list[str]) -> None:
    """By path, by name, in parallel."""
    folder.feature(GOOD)

    result = folder.run(*words)

    result.assert_outcomes(passed=1)
    assert "so" in folder.log


def test_one_row_of_an_outline_can_be_chosen(folder: Folder) -> None:
    """A title selects all its rows, a title with a row only that one."""
    folder.feature("""
  Scenario Outline: Some things
    Given a thing "<n>"
    Examples:
      | n |
      | a |
      | b |
""")

    folder.run("a.feature::Some things").assert_outcomes(passed=2)
    folder.run("a.feature::Some things[b]").assert_outcomes(passed=1)


def test_it_runs_from_another_working_directory(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory does not matter, and the command to run again fits it."""
    path = folder.feature(GOOD + "  Scenario: Bad\n    Then it is not so\n", "features/a")
    monkeypatch.chdir(folder.pytester.mkdir("elsewhere"))

    result = folder.run_apart(str(path))

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["features/a.feature:7  Then it is not so", "  again      pytest ../features/a.feature::Bad"])


@pytest.mark.parametrize(
    ("text", "line", "code", "says"),
    [
        ("\n  Scenario: S\n    Givne a thing\n", 4, "mistyped-keyword", '"Given"'),
        ("\n  Scenario: S\n    Givne a thing\n    Then it is so\n", 4, "mistyped-keyword", '"Given"'),
        ("\n  Scenario: S\n    Then: it is so\n    Then it is so\n", 4, "mistyped-keyword", '"Then"'),
        ("\n  Scenario: S\n    Given a thing\n    Thne it is so\n", 5, "mistyped-keyword", '"Then"'),
        ("\n  Scenario: S\n", 3, "empty-scenario", "no steps"),
        ("\n  Background:\n    Given a thing\n  Scenario: S\n", 5, "empty-scenario", "no steps"),
        ("\n  Background:\n    Gvien a thing\n  Scenario: S\n    Then it is so\n", 4, "mistyped-keyword", '"Given"'),
        ("\n  Scenario: S\n    Given a thong\n", 4, "undefined-step", "Given a thing"),
        ("\n  Scenario: S\n    Then a thing\n", 4, "undefined-step", "a sentence for Given, not for Then"),
        ("\n  Scenario: S\n    Then it holds that it is so\n", 4, "ambiguous-step", "it holds that {what}"),
        ('\n  Scenario Outline: S\n    Given a thing "<n>"\n    Examples:\n      | n |\n', 5, "empty-examples", "no row"),
        ('\n  Scenario Outline: S\n    Given a thing "<n>"\n', 4, "empty-examples", "no Examples"),
        ('\n  Scenario Outline: S\n    Given a thing "<m>"\n    Examples:\n      | n |\n      | a |\n', 4, "unknown-placeholder", "<m>"),
        ("\n  @quick\n  Scenario: S\n    Given a thing\n", 3, "unknown-tag", "@quick"),
        ('\n  Scenario: S\n    When I edit Deployment "web":\n', 4, "missing-docstring", "needs a text below it"),
        ("\n  Scenario: S\n    Then the output has the columns:\n", 4, "missing-table", "needs a table below it"),
        ('\n  Scenario: S\n    Given a thing\n      """\n      a\n      """\n', 4, "unexpected-docstring", "takes no text"),
        ("\n  Scenario: S\n    Given a thing\n      | a |\n", 4, "unexpected-table", "takes no table"),
        ('\n  Scenario: S\n    When I run "kubectl get pods | grep web"\n', 4, "wrong-word", 'Then the output shows "web"'),
        ('\n  Scenario: S\n    When I try "kubectl get pods > pods"\n', 4, "wrong-word", "What a command prints is kept"),
        ('\n  Scenario: S\n    When I run "ip route; ip link" on a node\n', 4, "wrong-word", 'And I run "ip link"'),
        ('\n  Scenario: S\n    Then Pod "web" has label "app"\n', 4, "undefined-step", 'write it as in "app=web"'),
        ("\n  Scenario: S\n    Given a thing\n      | a | b |\n      | c |\n", 6, "parse-error", "cells"),
    ],
)  # fmt: skip
def test_a_bad_scenario_is_an_error_at_its_line_and_the_others_run(folder: Folder, text: str, line: int, code: str, says: str) -> None:
    """A mistake neither passes nor stops the scenarios beside it."""
    folder.feature(text + ("" if "Background" in text else GOOD))
    folder.feature(GOOD, "b")

    result = folder.run()

    result.assert_outcomes(errors=1, passed=1 if "Background" in text else 2)
    result.stdout.re_match_lines([rf"a\.feature:{line}:\d+: {code} .*"])
    assert says in result.stdout.str()


def test_twins_under_two_rules_are_both_errors(folder: Folder) -> None:
    """The same title twice: neither scenario is lost, both are reported."""
    folder.feature("""
  Rule: One
    Scenario: Twin
      Given a thing
  Rule: Two
    Scenario: Twin
      Given a thing
""" + GOOD.replace("\n  ", "\n    "))  # fmt: skip

    result = folder.run()

    result.assert_outcomes(errors=2, passed=1)
    result.stdout.fnmatch_lines(["a.feature:4:5: duplicate-title *line 7*", "a.feature:7:5: duplicate-title *line 4*"])


@pytest.mark.parametrize(
    ("text", "code"), [("", "no-feature"), ("Feature: Nothing\n", "no-scenario"), ("Feature: One\nFeature: Two\n", "misplaced-keyword")]
)
def test_a_file_that_holds_no_scenario_is_an_error(folder: Folder, text: str, code: str) -> None:
    """An empty file does not pass."""
    (folder.path / "a.feature").write_text(text)
    folder.feature(GOOD, "b")

    result = folder.run()

    assert result.parseoutcomes().get("errors", 0) >= 1
    assert result.parseoutcomes()["passed"] == 1
    assert f" {code} " in result.stdout.str()


def test_a_file_that_is_not_text_is_an_error(folder: Folder) -> None:
    """Bytes that are not UTF-8 are reported as such."""
    (folder.path / "a.feature").write_bytes(b"Feature: \xff\xfe\n")

    result = folder.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["a.feature:1:10: not-utf-8 this line is not UTF-8 text*"])


def test_a_conftest_overrides_our_steps_and_the_closest_wins(folder: Folder) -> None:
    """A step in the folder of the feature is closer than one above it, though both match."""
    folder.feature(GOOD, "deep/a")
    (folder.path / "deep" / "conftest.py").write_text(
        "from pathlib import Path\nfrom pytest_bdd import given\nfrom kubelab.vocabulary import parse\n"
        "@given(parse('a {what}'))\ndef deeper(what):\n    '''Closer.'''\n    Path('deep.txt').write_text(what)\n"
    )

    folder.run().assert_outcomes(passed=1)

    assert (folder.path / "deep.txt").read_text() == "thing"


def test_tags_are_markers(folder: Folder) -> None:
    """@slow scenarios can be left out; tags that carry data are not markers."""
    folder.feature("\n  @slow @points:3\n  Scenario: Slow\n    Given a thing\n" + GOOD)

    folder.run("-m", "not slow").assert_outcomes(passed=1, deselected=1)


@pytest.mark.parametrize("words", [["--collect-only"], ["--collect-only", "-n", "2"], ["--fixtures"], ["-k", "nothing"]], ids=" ".join)
def test_no_cluster_is_asked_for_unless_a_scenario_runs(folder: Folder, words: list[str]) -> None:
    """Collecting needs no cluster."""
    folder.feature(GOOD)

    folder.run(*words)

    assert folder.log == []


def test_collecting_needs_no_cluster_and_no_kubernetes_client(folder: Folder) -> None:
    """--collect-only asks for no cluster and does not load the client."""
    folder.feature(GOOD)
    (folder.path / "conftest.py").write_text(
        "import sys\nfrom pytest_bdd import given, then\n"
        "@given('a thing')\ndef thing():\n    'There is.'\n@then('it is so')\ndef so():\n    'It is.'\n"
        "def pytest_unconfigure():\n    print('LOADED', 'kubernetes' in sys.modules)\n"
    )

    result = folder.run_apart("--collect-only", "-q", "-s")

    result.stdout.fnmatch_lines(["a.feature::Good", "LOADED False"])
    assert folder.log == []


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_scenarios_that_run_alone_come_last(folder: Folder, workers: list[str]) -> None:
    """Tagged so, or with a step that changes the cluster for everybody; the others keep their order, and one can still be chosen alone."""
    conftest = folder.path / "conftest.py"
    alone = '\n\n@given("the world stops")\n@locks("cluster")\ndef stops() -> None:\n    """It stops."""\n'
    conftest.write_text(conftest.read_text().replace("import by_hand, ", "import by_hand, locks, ") + alone)
    folder.feature("""
  @exclusive
  Scenario: Alone
    Given a thing
  Scenario: First
    Given a thing
  Scenario: Alone by its step
    Given the world stops
    And a thing
  Scenario: Second
    Given a thing
""")

    assert [one.partition("::")[2] for one in folder.ids()] == ["First", "Second", "Alone", "Alone by its step"]
    folder.run(*workers).assert_outcomes(passed=4)
    assert {line.partition(" in ")[2] for line in folder.log if "thing" in line} == {"Alone", "First", "Second", "Alone by its step"}


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_a_pytest_bdd_that_does_not_fit_is_told_in_words(folder: Folder, workers: list[str]) -> None:
    """With what is missing and the versions that work, without a traceback; tests that are not labs are collected as usual."""
    folder.feature(GOOD)
    (folder.path / "test_plain.py").write_text("def test_plain(): pass\n")
    (folder.path / "conftest.py").write_text("from pytest_bdd import scenario\ndel scenario.__globals__['_execute_step_function']\n")

    result = folder.run_apart("--continue-on-collection-errors", *workers)

    result.assert_outcomes(errors=1, passed=1)
    text = result.stdout.str()
    assert "pytest_bdd.scenario._execute_step_function(request, scenario, step, context) is missing" in text
    assert "It works with pytest-bdd>=" in text
    assert "Traceback" not in text
    assert "SetupTrouble" not in text


def test_a_run_without_pytest_bdd_is_told_in_words(folder: Folder) -> None:
    """Its hooks and fixtures are needed."""
    folder.feature(GOOD)

    result = folder.run_apart("-p", "no:pytest-bdd")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["kubelab needs the plugin pytest-bdd, which does not take part in this run: *"])


def test_what_is_not_a_regular_file_is_an_error_and_not_waited_for(folder: Folder) -> None:
    """A FIFO, a socket, a device, a link that leads nowhere or to itself; found in a folder or named."""
    folder.feature(GOOD)
    os.mkfifo(folder.path / "fifo.feature")
    (folder.path / "device.feature").symlink_to("/dev/zero")
    (folder.path / "nowhere.feature").symlink_to("nothing")
    (folder.path / "itself.feature").symlink_to("itself.feature")

    result = folder.run()

    result.assert_outcomes(passed=1, errors=4)
    text = result.stdout.str()
    assert text.count("this is not a regular file (a FIFO, a socket, a device?)") == 2
    assert "nowhere.feature:1:1: parse-error this file cannot be read: No such file or directory." in text
    assert "itself.feature:1:1: parse-error this file cannot be read: " in text
    folder.run("fifo.feature").assert_outcomes(errors=1)


def test_a_folder_that_lies_in_itself_is_found_once(folder: Folder) -> None:
    """Links to a folder above, which pytest would follow forty levels deep; a link to another folder is followed."""
    folder.feature(GOOD, "features/pods/a")
    (folder.path / "features" / "pods" / "here").symlink_to(".")
    (folder.path / "features" / "pods" / "above").symlink_to("../..")
    (folder.path / "more").mkdir()
    (folder.path / "more" / "linked").symlink_to(folder.path / "features" / "pods")

    assert sorted(folder.ids()) == ["features/pods/a.feature::Good", "more/linked/a.feature::Good"]


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["serial", "parallel"])
def test_any_title_is_told_in_the_c_locale(folder: Folder, monkeypatch: pytest.MonkeyPatch, workers: list[str]) -> None:
    """As on a server without a locale."""
    folder.feature("\n  Scenario: 파드가 “다시” 생긴다 → é\n    Then it is not so\n", "것")
    monkeypatch.setenv("LC_ALL", "C")

    result = folder.run("--lab-evidence", "found", "--junitxml=labs.xml", *workers)

    result.assert_outcomes(failed=1)
    assert "것.feature:4  Then it is not so" in result.stdout.str()
    assert [file.name for file in (folder.path / "found" / "것").iterdir()] == ["파드가-다시-생긴다-é.txt"]


def test_a_python_that_speaks_only_ascii_is_told_how_to_speak(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is an error that says how, and others run."""
    folder.feature("\n  Scenario: é\n    Then it is so\n")
    folder.feature(GOOD, "b")
    for name, value in (("LC_ALL", "C"), ("PYTHONUTF8", "0"), ("PYTHONCOERCECLOCALE", "0")):
        monkeypatch.setenv(name, value)

    result = folder.run_apart("--continue-on-collection-errors")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["a.feature: its titles cannot be told in ascii. Run it with PYTHONUTF8=1"])


def test_many_scenarios_in_one_file_cost_what_each_costs(tmp_path: Path) -> None:
    """With rows, findings and similar titles: four times as many take about four times as many calls, not sixteen times."""

    def calls(count: int) -> int:
        rows = "".join(f"      | {row} |\n" for row in range(count))
        alike = "  @quick\n  Scenario: Alike\n    Given a thing\n" * count
        text = f"Feature: Many\n{alike}  Scenario Outline: Rows\n    Given a thing\n    Examples:\n      | n |\n{rows}"
        profile = cProfile.Profile()
        feature = profile.runcall(parse, text, tmp_path / "a.feature", "a.feature")
        names = profile.runcall(list, named(feature.scenarios))
        assert len(names) == 2 * count
        assert len(feature.all_findings) == 2 * count
        return sum(one.callcount for one in profile.getstats())

    assert calls(800) < 5 * calls(200)
