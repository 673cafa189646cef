"""The files of --lab-record: one for each scenario, whatever its outcome, valid by the schema, and the same in a parallel run."""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.plugin.conftest import Folder

SCHEMA = json.loads(files("kubelab.records").joinpath("record.schema.json").read_text(encoding="utf-8"))
SERIAL_AND_PARALLEL = pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
STEPS = '''
from kubelab.waiting import Condition, Observation, stays as lasts, until


@given("a Pod comes up")
def comes_up(lab: Scenario) -> None:
    """Its image is pulled first."""
    pod = {"kind": "Pod", "metadata": {"name": "web", "namespace": lab.namespace, "uid": "u1", "resourceVersion": "1"}, "spec": {}}
    secret = {"kind": "Secret", "metadata": {**pod["metadata"], "name": "key", "uid": "u2"}, "data": {"password": "aHVudGVyMg=="}}
    about = {"kind": "Pod", "name": "web", "uid": "u1", "fieldPath": "spec.containers{main}"}
    event = {"kind": "Event", "metadata": {**pod["metadata"], "name": "e", "uid": "u3"}, "type": "Normal", "reason": "Pulling"}
    lab.store.put("Secret", "ADDED", secret)
    lab.store.put("Pod", "ADDED", pod)
    image = lab.manifests.images.replaced("nginx:1.14")
    lab.store.put("Event", "ADDED", {**event, "message": f'Pulling image "{image}"', "involvedObject": about})
    ready = {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}
    state = {"containerStatuses": [{"name": "main", "state": {"running": {}}}]}
    newer = {**pod, "metadata": {**pod["metadata"], "resourceVersion": "2"}, "spec": {"nodeName": "n1"}}
    lab.store.put("Pod", "MODIFIED", {**newer, "status": {**ready, **state}})


@then("it is waited for")
def is_waited_for(lab: Scenario) -> None:
    """And lasts for a moment."""
    lab.account = None  # nobody is asked whether the controllers act
    image = lab.manifests.images.replaced("nginx:1.14")
    lasts(lab, Condition("it is there", lambda view: Observation(True, f"web, {image}", answers=("http://web", {"web": 2}))), 0.01)


@then("it does not come in time")
def does_not_come(lab: Scenario) -> None:
    """However long one waits."""
    until(lab, Condition("it comes", lambda view: Observation(met=False, seen="nothing")), 0.1)


@then("it is not today")
def not_today() -> None:
    """A step of one's own that skips."""
    pytest.skip("not today")
'''
STORY = """  All that may happen.

  Background:
    Given a thing

  @points:3 @slow
  Scenario: Passes
    When I do it
    Then ConfigMap "a" is there

  Scenario: Fails
    Then it is not so
    And it is so
    When I do it

  Scenario: Gets into trouble
    Then it is not so
    And the cluster is gone
    And it is so

  @skip
  Scenario: Is skipped
    Then it is so

  Scenario: Is not of today
    Then it is not today

  @xfail
  Scenario: Fails as expected
    Then it is not so

  @xfail
  Scenario: Passes unexpectedly
    Then it is so

  Scenario: Errs
    When Python errs

  Scenario: Is misspelt
    Then nobody knows this

  Scenario: Is not undone
    Given a change that nobody can undo

  Scenario: Fails and is not undone
    Given a change that nobody can undo
    Then it is not so

  Scenario: Waits
    Given a Pod comes up
    When I do it
    Then it is waited for

  Scenario: Waits in vain
    Then it does not come in time
"""
OUTCOMES = {
    "Passes": "passed",
    "Fails": "failed",
    "Gets into trouble": "error",
    "Is skipped": "skipped",
    "Is not of today": "skipped",
    "Fails as expected": "skipped",
    "Passes unexpectedly": "failed",
    "Errs": "failed",
    "Is misspelt": "error",
    "Is not undone": "error",
    "Fails and is not undone": "failed",
    "Waits": "passed",
    "Waits in vain": "failed",
}


def records(folder: Folder, *words: str, to: str = "kept") -> dict[str, dict[str, Any]]:
    """The records of a run, by scenario; each valid by the schema."""
    folder.run("--lab-record", to, *words)
    return read(folder.path / to)


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The records in a folder, by scenario."""
    found = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.record.json"))]
    assert [error.message for one in found for error in Draft202012Validator(SCHEMA).iter_errors(one)] == []
    assert len({one["scenario"] for one in found}) == len(found)
    return {one["scenario"]: one for one in found}


def story(folder: Folder) -> None:
    """A feature with every outcome."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + STEPS)
    folder.pytester.makeini("[pytest]\naddopts = --strict-markers\nxfail_strict = true")
    folder.feature(STORY, "labs/pods/web")


def outcomes(record: Mapping[str, Any]) -> list[str]:
    """The outcome of each sentence."""
    return [sentence["outcome"] for sentence in record["sentences"]]


def test_every_scenario_has_a_record_however_it_came_out(folder: Folder) -> None:
    """According to pytest's reports."""
    story(folder)

    found = records(folder)

    assert {title: one["outcome"] for title, one in found.items()} == OUTCOMES
    assert len({one["run"]["run"] for one in found.values()}) == 1
    assert {one["run"]["kubernetes"] for one in found.values()} == {"1.36.3"}


def test_a_record_says_what_the_feature_says(folder: Folder) -> None:
    """And its path, and the command to run it again."""
    story(folder)

    one = records(folder)["Passes"]

    assert (folder.path / "kept/labs/pods/web/Passes.record.json").exists()
    assert (one["id"], one["again"]) == ("labs/pods/web.feature::Passes", "pytest labs/pods/web.feature::Passes")
    assert (one["feature"], one["name"], one["goal"], one["chapter"]) == ("labs/pods/web.feature", "Things", "All that may happen.", "pods")
    assert (one["line"], one["tags"], one["points"]) == (8, ["points:3", "slow"], 3)
    assert [(each["line"], each["keyword"], each["text"], each["type"]) for each in one["sentences"]] == [
        (5, "Given", "a thing", "given"),
        (9, "When", "I do it", "when"),
        (10, "Then", 'ConfigMap "a" is there', "then"),
    ]
    assert one["sentences"][2]["kubectl"] == "kubectl get configmap a"
    assert (one["run"]["cluster"], one["run"]["provider"]) == ("fake", "kind")
    assert "text" not in one


def test_the_sentences_say_how_each_came_out(folder: Folder) -> None:
    """With what was expected and seen, or the reason why it was not judged."""
    story(folder)

    found = records(folder)

    assert outcomes(found["Passes"]) == ["passed", "passed", "passed"]
    assert outcomes(found["Fails"]) == ["passed", "failed", "passed", "not run"]
    assert outcomes(found["Gets into trouble"]) == ["passed", "failed", "error", "not run"]
    assert outcomes(found["Is skipped"]) == ["not run", "not run"]
    assert outcomes(found["Is not of today"]) == ["passed", "skipped"]
    assert outcomes(found["Errs"]) == ["passed", "failed"]
    assert outcomes(found["Is misspelt"]) == ["not run", "not run"]
    assert found["Fails"]["sentences"][1]["expected"] == "a thing"
    assert found["Fails"]["sentences"][1]["seen"] == "no thing\nnone at all"
    assert found["Gets into trouble"]["sentences"][2]["error"].startswith("The API server does not answer.")
    assert found["Errs"]["sentences"][1]["error"] == "ZeroDivisionError: division by zero"


def test_why_a_scenario_did_not_pass_is_told_as_the_terminal_shows_it(folder: Folder) -> None:
    """In one line, too; after trouble in the teardown, with both texts."""
    story(folder)

    found = records(folder)

    assert (found["Fails"]["cause"], found["Fails"]["why"]) == ("Then it is not so: no thing", "no thing")
    assert found["Fails"]["text"].startswith("labs/pods/web.feature:13  Then it is not so\n  expected   a thing\n")
    assert found["Fails"]["evidence"] == [{"title": "objects", "lines": ["Pod web-1, Pending, deleted"]}]
    assert found["Errs"]["cause"] == "ZeroDivisionError: division by zero"
    assert "undefined-step no step matches" in found["Is misspelt"]["text"]
    assert found["Is skipped"]["reason"] == "unconditional skip"
    assert found["Is not of today"]["reason"] == "not today"
    assert (found["Fails as expected"]["reason"], found["Fails as expected"]["cause"]) == (
        "expected to fail",
        "Then it is not so: no thing",
    )
    assert found["Passes unexpectedly"]["text"].startswith("[XPASS(strict)]")
    assert found["Is not undone"]["cause"] == "The change stays. Make a new cluster: kubelab down"
    assert found["Fails and is not undone"]["cause"] == "Then it is not so: no thing"
    assert found["Fails and is not undone"]["text"].endswith("\n\nThe change stays. Make a new cluster: kubelab down")


def test_what_was_seen_and_waited_for_is_in_the_record(folder: Folder) -> None:
    """But never the data of a Secret."""
    story(folder)

    one = records(folder)["Waits"]

    told = [(each["name"], each.get("state"), each.get("node"), each["told"]) for each in one["timeline"]]
    assert told == [
        ("key", None, None, ["created"]),
        ("web", "pending", None, ["created"]),
        ("web", "pulling", None, ["pulls nginx:1.14"]),
        ("web", "ready", "n1", ["scheduled to n1", "Running", "ready"]),
        ("web", "ready", "n1", ["pulled nginx:1.14"]),
    ]
    assert [(each["reason"], each["name"], each["message"]) for each in one["events"]] == [("Pulling", "web", 'Pulling image "nginx:1.14"')]
    wait, stretch = one["sentences"][3]["waits"]
    assert (wait["expected"], wait["seen"], wait["limit"], wait["met"]) == ("it is there", "web, nginx:1.14", 30, True)
    assert (stretch["limit"], stretch["stretch"], stretch["met"]) == (0.01, True, True)
    assert one["answers"][0] == {"time": one["answers"][0]["time"], "line": 53, "target": "http://web", "pod": "web", "count": 2}
    assert one["images"][0]["lab"] == "nginx:1.14"
    assert "aHVudGVyMg" not in json.dumps(one)


def alike(record: Mapping[str, Any]) -> Any:
    """A record without what differs from run to run: times, ids, and the names of namespaces."""
    text = re.sub(r"lab-web-\w{9}", "NAMESPACE", json.dumps(record))
    text = re.sub(r'"(began|took|time|seconds|setup|waited)": ("[^"]*"|[\d.e-]+)', r'"\1": 0', text)
    return json.loads(re.sub(r"[0-9a-f]{12}|0x[0-9a-f]+", "ID", text))


def test_a_parallel_run_keeps_the_same_records(folder: Folder) -> None:
    """Except for times and names."""
    story(folder)

    serial, parallel = records(folder), records(folder, "-n", "2", to="parallel")

    assert len(parallel) == len(OUTCOMES)
    assert {title: alike(one) for title, one in parallel.items()} == {title: alike(one) for title, one in serial.items()}
    assert len({json.dumps(one["run"]) for one in parallel.values()}) == 1


def test_a_scenario_whose_worker_died_has_a_record(folder: Folder) -> None:
    """It has no outcome of a sentence; the other scenarios have their records."""
    folder.feature("\n  @points:2\n  Scenario: Dies\n    Given a thing\n    When the worker dies\n\n  Scenario: Lives\n    Given a thing\n")

    found = records(folder, "-n", "2")

    assert found["Lives"]["outcome"] == "passed"
    died = found["Dies"]
    assert (died["outcome"], died["line"], died["points"], outcomes(died)) == ("error", 4, 2, ["not run", "not run"])
    assert died["cause"].startswith("the worker process that ran this scenario died")
    assert died["text"].startswith("a.feature  Dies\n")
    assert died["run"] == found["Lives"]["run"]


@SERIAL_AND_PARALLEL
def test_without_a_cluster_every_scenario_has_a_record(folder: Folder, monkeypatch: pytest.MonkeyPatch, workers: list[str]) -> None:
    """It could not be judged."""
    monkeypatch.setenv("NO_CLUSTER", "1")
    folder.feature("\n  Scenario: S\n    Given a thing\n")

    one = records(folder, *workers)["S"]

    assert (one["outcome"], one["cause"]) == ("error", "There is no engine. Install one: apt-get install podman")
    assert outcomes(one) == ["not run"]
    assert "cluster" not in one["run"]


def test_rows_and_submissions_have_records_of_their_own(folder: Folder) -> None:
    """The student is named in the record."""
    for student in ("ann", "bob"):
        (folder.path / student).mkdir()
        (folder.path / student / "web.yaml").write_text("kind: Pod\nmetadata: {name: web}\n")
    listed = [{"student": student, "exercise": "a", "folder": student} for student in ("ann", "bob")]
    (folder.path / "list.json").write_text(json.dumps({"submissions": listed}))
    (folder.path / "a.feature").write_text(
        "@exercise @file:web.yaml\nFeature: E\n  Task.\n\n  Scenario: S\n    Hint: h.\n\n    Then it is so\n"
    )
    folder.feature('\n  Scenario Outline: T\n    Given a thing <n>\n    Examples:\n      | n |\n      | "x" |\n      | "y" |\n', "b")

    folder.run("--lab-record", "kept", "--lab-solutions", "list.json")

    found = [json.loads(file.read_text()) for file in sorted((folder.path / "kept").rglob("*.json"))]
    objective = {"exercise": "a", "title": "S", "hint": "h."}
    assert [(one["scenario"], one.get("student"), one.get("points"), one.get("objective")) for one in found] == [
        ("S", "ann", 1, objective),
        ("S", "bob", 1, objective),
        ('T["x"]', None, None, None),
        ('T["y"]', None, None, None),
    ]


def test_what_an_earlier_run_left_stays_for_what_does_not_run(folder: Folder) -> None:
    """The record of a scenario that runs again is overwritten."""
    folder.feature("\n  Scenario: S\n    Then it is so\n\n  Scenario: T\n    Then it is so\n")
    before = records(folder)

    after = records(folder, "a.feature::S")

    assert set(after) == {"S", "T"}
    assert after["T"] == before["T"]
    assert after["S"]["run"] != before["S"]["run"]


def test_a_run_that_is_interrupted_leaves_no_record_of_an_earlier_one(folder: Folder) -> None:
    """It would look like the record of this run."""
    feature = folder.feature("\n  Scenario: S\n    Then it is so\n")
    assert records(folder)["S"]["outcome"] == "passed"
    feature.write_text(feature.read_text().replace("Then it is so", "When the run is asked to end"))

    folder.run_apart("--lab-record", "kept")

    assert read(folder.path / "kept") == {}


@SERIAL_AND_PARALLEL
def test_records_that_cannot_be_kept_change_no_verdict(folder: Folder, workers: list[str]) -> None:
    """A file is where the folder should be: one line says so."""
    folder.feature("\n  Scenario: S\n    Then it is so\n\n  Scenario: T\n    Then it is not so\n")
    (folder.path / "kept").write_text("")

    result = folder.run("--lab-record", "kept", *workers)

    result.assert_outcomes(passed=1, failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert len([line for line in result.outlines if line.startswith("kubelab: 2 records could not be kept: ")]) == 1


def test_a_record_that_cannot_be_made_changes_no_verdict(folder: Folder) -> None:
    """Whatever is wrong with it."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(
        conftest.read_text()
        + "\n@then('the clock is away')\ndef clockless(lab: Scenario) -> None:\n    'No clock.'\n    lab.store.began = None\n"
    )
    folder.feature("\n  Scenario: S\n    Then the clock is away\n")

    result = folder.run("--lab-record", "kept")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["kubelab: 1 record could not be kept: unsupported operand*"])


@pytest.mark.parametrize("how", ["environment", "settings"])
def test_the_folder_is_named_in_other_ways_too(folder: Folder, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """By environment and settings file, like every setting."""
    folder.feature("\n  Scenario: S\n    Then it is so\n")
    if how == "environment":
        monkeypatch.setenv("KUBELAB_RECORD", "kept")
    else:
        folder.pytester.makeini("[pytest]\nlab_record = kept")

    folder.run()

    assert set(read(folder.path / "kept")) == {"S"}


WANTING = """
from kubelab.plugin.recording import record_folder, want_records


def pytest_configure(config):
    want_records(config)


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        found = record_folder(session.config)
        log(f"records {found} {len(list(found.rglob('*.record.json')))}")
"""


@SERIAL_AND_PARALLEL
def test_records_that_only_a_plugin_needs_last_for_the_run(folder: Folder, workers: list[str]) -> None:
    """In a folder that is removed afterwards; those of --lab-record stay."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + WANTING)
    folder.feature("\n  Scenario: S\n    Then it is so\n\n  Scenario: T\n    Then it is not so\n")

    folder.run(*workers)
    folder.run("--lab-record", "kept", *workers)

    [(own, count), (kept, again)] = [line.split()[1:] for line in folder.log if line.startswith("records ")]
    assert (count, again) == ("2", "2")
    assert not Path(own).exists()
    assert kept == str(folder.path / "kept")
    assert set(read(Path(kept))) == {"S", "T"}


def test_without_a_need_for_records_none_are_written(folder: Folder) -> None:
    """Then nothing is written."""
    folder.feature("\n  Scenario: S\n    Then it is so\n")

    folder.run().assert_outcomes(passed=1)

    assert list(folder.path.rglob("*.record.json")) == []


def test_what_only_sets_up_leaves_the_records_alone(folder: Folder) -> None:
    """Nothing has run that could be recorded."""
    folder.feature("\n  Scenario: S\n    Then it is so\n")
    before = records(folder)

    folder.run("--lab-record", "kept", "--setup-plan")

    assert read(folder.path / "kept") == before
