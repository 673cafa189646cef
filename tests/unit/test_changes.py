"""Wrong solutions, controls and variants: the text that each replaces occurs exactly once, and the sentence that it names exists."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from kubelab import exercises
from kubelab.authoring import read
from kubelab.exercises import Exercise
from tests.cluster.changes import FOLDERS, ROOT, Change, changes, lines_of, make
from tests.cluster.lab_runs import copy_changed

ALL = [change for folder in FOLDERS for change in changes(folder)]
TWO = 2
LONG = 12
"""The least length of a line that could give away the answer."""
EXERCISES = exercises.found(ROOT / "features")
NAMES_A_SENTENCE = [change for change in ALL if change.folder != "variants"]


@pytest.mark.parametrize("change", NAMES_A_SENTENCE, ids=lambda change: f"{change.folder} {change.title}")
def test_a_change_can_be_made(change: Change, tmp_path: Path) -> None:
    """Checked here, not only after all of them have run on a cluster."""
    copy_changed(change, tmp_path)

    assert lines_of(tmp_path / change.feature, change.scenario, change.fails_at)
    assert change.because.strip()


@pytest.mark.parametrize("folder", FOLDERS)
def test_only_a_control_changes_the_feature(folder: str) -> None:
    """A solution is a manifest; a change to the feature shows that a sentence can fail, not that a solution can be wrong."""
    assert [one.title for one in changes(folder) if one.file.endswith(".feature") != (folder == "controls")] == []


def test_every_lab_has_a_wrong_solution_or_a_control() -> None:
    """No feature file is left out."""
    labs = {(path.parent.name, path.stem) for path in (ROOT / "features").glob("*/*.feature")}

    assert labs == {(one.chapter, one.lab) for one in NAMES_A_SENTENCE}


def test_every_exercise_has_two_variants() -> None:
    """Every exercise of ours, and no other lab."""
    counts = Counter(f"{one.chapter}/{one.lab}" for one in changes("variants"))

    assert set(counts) == {one.name for one in EXERCISES}
    assert min(counts.values()) >= TWO


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)
def test_every_file_of_an_exercise_is_wrong_in_some_solution(exercise: Exercise) -> None:
    """And every objective fails in some solution."""
    wrong = [one for one in changes("wrong") if f"{one.chapter}/{one.lab}" == exercise.name]

    assert {one.file for one in wrong if one.file in exercise.files} == set(exercise.files)
    assert {one.scenario for one in wrong} == {one.title for one in exercise.objectives}


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)
def test_the_solution_of_an_exercise_is_what_it_asks_for(exercise: Exercise) -> None:
    """These files and no others, with kinds that it allows; its sentences and its task name each of them."""
    folder = ROOT / "manifests" / exercise.name.replace("/", "/solutions/")
    bodies = [body for file in folder.glob("*.yaml") if file.name in exercise.files for body in yaml.safe_load_all(file.read_text())]
    sentences = " ".join(step.text for scenario in read(exercise.feature).scenarios for step in scenario.steps)

    assert {file.name for file in folder.iterdir()} == {*exercise.files, "variants.yaml"}
    assert {body["kind"] for body in bodies} == set(exercise.kinds)
    assert [file for file in exercise.files if f'"{file}"' not in sentences or file not in exercise.task] == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)
def test_every_exercise_says_what_to_look_at(exercise: Exercise) -> None:
    """With at least one hint, none of which contains the answer: no line of the solution is in it."""
    folder = ROOT / "manifests" / exercise.name.replace("/", "/solutions/")
    lines = [line.strip() for file in exercise.files for line in (folder / file).read_text().splitlines() if len(line) > LONG]
    hints = [one.hint for one in exercise.objectives if one.hint]

    assert hints
    assert [line for line in lines for hint in hints if line in hint] == []


FEATURE = """\
Feature: Two Pods

  Background:
    Given I apply "web.yaml"

  Scenario: First
    When I delete Pod "web"

  Scenario: Second
    When I delete Pod "web"
    And I delete Pod "api"
"""


@pytest.mark.parametrize(
    ("scenario", "old", "line"),
    [("Second", 'delete Pod "web"', 10), ("First", 'delete Pod "web"', 7), ("First", 'apply "web.yaml"', 4)],
)
def test_a_control_changes_its_own_scenario_or_the_background(scenario: str, old: str, line: int, tmp_path: Path) -> None:
    """Another scenario may have the same sentence."""
    control = Change("controls", "pods", "two", "two.feature", old, "CHANGED", scenario)
    (tmp_path / control.feature).parent.mkdir(parents=True)
    (tmp_path / control.feature).write_text(FEATURE)

    make(control, tmp_path)

    lines = (tmp_path / control.feature).read_text().splitlines()
    assert [number for number, text in enumerate(lines, 1) if "CHANGED" in text] == [line]


@pytest.mark.parametrize(("old", "found"), [("app: web", 2), ("app: api", 0)])
def test_two_places_are_not_one(old: str, found: int, tmp_path: Path) -> None:
    """A change of two places, or of none, is refused."""
    wrong = Change("wrong", "pods", "two", "web.yaml", old, "app: other", "First")
    (tmp_path / wrong.changed).parent.mkdir(parents=True)
    (tmp_path / wrong.changed).write_text("selector: {app: web}\nlabels: {app: web}\n")

    with pytest.raises(AssertionError, match=f"{found} times"):
        make(wrong, tmp_path)


@pytest.mark.parametrize(
    ("scenario", "sentence", "lines"),
    [("Second", 'When I delete Pod "web"', [10]), ("First", 'Given I apply "web.yaml"', [4]), ("First", 'And I delete Pod "api"', [])],
)
def test_a_sentence_is_found_in_its_scenario_or_the_background(scenario: str, sentence: str, lines: list[int], tmp_path: Path) -> None:
    """But not in the next scenario."""
    (tmp_path / "two.feature").write_text(FEATURE)

    assert lines_of(tmp_path / "two.feature", scenario, sentence) == lines
