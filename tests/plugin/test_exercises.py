"""Exercises: judged by the files of one student or of many, with a line of JSON for each objective."""

import json
from pathlib import Path
from typing import Any

import pytest

from kubelab.grading import marking, score_reading
from kubelab.grading.score_reading import ScoreLine
from kubelab.records import record_files
from tests.plugin.conftest import Folder

EXERCISE = """\
@exercise @file:web.yaml @file:web.sh @kind:Pod
Feature: Exercise: a web server
  Write web.yaml.

  Scenario: It is declared
    Hint: look at its name.

    Then "given.yaml" says "given"
    And "web.yaml" says "name: web"
    And "web.yaml" says "image: nginx"

  @points:3
  Scenario: It is scaled
    Then "web.sh" says "scale"
"""
OTHER = '@exercise @file:other.yaml\nFeature: Exercise: another\n  Scenario: S\n    Then "other.yaml" says "other"\n'
FEATURE, NAME = "features/pods/web_lab.feature", "pods/web_lab"
RIGHT = {"web.yaml": "name: web\nimage: nginx\n", "web.sh": "kubectl scale\n"}
WRONG = {**RIGHT, "web.yaml": "name: wbe\nimage: nginx\n"}
PARALLEL = pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
MARKERS = {"PASSED": "passed", "FAILED": "failed"}


@pytest.fixture
def course(folder: Folder) -> Folder:
    """A course of one exercise, with a given file, our own solution, and a lab that is not an exercise."""
    write(folder.path / "features/pods", {"web_lab.feature": EXERCISE})
    write(folder.path / "features", {"plain.feature": "Feature: F\n  Scenario: Plain\n    Given a thing\n"})
    write(folder.path / "manifests/pods", {"given.yaml": "given"})
    write(folder.path / "manifests/pods/solutions/web_lab", RIGHT)
    return folder


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def listed(folder: Folder, **students: dict[str, str]) -> str:
    """A list of submissions with these students' files, each in a folder of its own; returns its name."""
    submissions = [
        {"student": student, "exercise": NAME, "folder": str(write(folder.path / "in" / student, files))}
        for student, files in students.items()
    ]
    (folder.path / "list.json").write_text(json.dumps({"submissions": submissions}))
    return "list.json"


def scores(folder: Folder) -> list[dict[str, Any]]:
    """The lines of the score, by student and line of the objective."""
    lines = [json.loads(line) for line in (folder.path / "score").read_text().splitlines()]
    return sorted(lines, key=lambda one: (one["student"], one["line"]))


def short(folder: Folder) -> list[tuple[object, ...]]:
    """The outcome of each student, and the points."""
    return [(one["student"], one["objective"], one["outcome"], one["points"], one["of"]) for one in scores(folder)]


def test_our_own_solution_is_right(course: Folder) -> None:
    """It is beside the manifests; a lab that is not an exercise has no score."""
    result = course.run("features", "--lab-score", "score")

    result.assert_outcomes(passed=3)
    first, second = scores(course)
    assert first.pop("seconds") >= 0
    assert first == {
        "version": 1,
        "student": "",
        "exercise": NAME,
        "objective": "It is declared",
        "line": 5,
        "of": 1,
        "points": 1,
        "outcome": "passed",
        "sentence": "",
        "expected": "",
        "last_saw": "",
        "cause": "",
        "hint": "look at its name.",
        "text": "",
        "kubernetes": "1.36.3",
    }
    assert (second["objective"], second["line"], second["of"], second["points"], second["hint"]) == ("It is scaled", 13, 3, 3, "")


@pytest.mark.parametrize("below", ["", "web_lab", "pods/web_lab"])
def test_a_students_folder_is_judged(course: Folder, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    """The files in it, or in a folder named after the exercise; a given file is ours, even if the student has one of that name."""
    write(course.path / "mine" / below, {**WRONG, "given.yaml": "another"})
    monkeypatch.setenv("KUBELAB_SOLUTIONS", "mine")
    monkeypatch.setenv("KUBELAB_SCORE", "score")

    result = course.run(FEATURE)

    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["  again      pytest --lab-solutions mine 'features/pods/web_lab.feature::It is declared'"])
    failed, passed = scores(course)
    assert (failed["outcome"], failed["points"], failed["of"]) == ("failed", 0, 1)
    assert failed["sentence"] == f'{FEATURE}:9  And "web.yaml" says "name: web"'
    assert (failed["expected"], failed["last_saw"]) == ("web.yaml says name: web", "name: wbe\nimage: nginx")
    assert failed["cause"] == "name: wbe"
    assert failed["text"].startswith(f"{failed['sentence']}\n  expected   web.yaml says name: web\n")
    assert (passed["outcome"], passed["points"]) == ("passed", 3)


def test_a_file_that_is_missing_fails_the_objective(course: Folder) -> None:
    """Though our own solution has the file."""
    write(course.path / "mine", {"web.yaml": RIGHT["web.yaml"]})

    course.run(FEATURE, "--lab-solutions", "mine", "--lab-score", "score").assert_outcomes(failed=1, passed=1)

    _, failed = scores(course)
    assert failed["cause"] == '"web.sh" is missing from mine: the exercise asks for it.'


@PARALLEL
def test_each_student_of_a_list_is_judged_alone(course: Folder, workers: list[str]) -> None:
    """With an item for each objective; an exercise that nobody has handed in has none."""
    write(course.path / "features/pods", {"other.feature": OTHER})
    names = listed(course, ann=RIGHT, **{"Bob [2] é": WRONG}, cem={})

    result = course.run("features/pods", "--lab-solutions", names, "--lab-score", "score", *workers, "-v")

    result.assert_outcomes(passed=3, failed=3)
    result.stdout.fnmatch_lines([f"*{FEATURE}::It is declared[[]Bob [[]2[]] é[]]*"])
    assert short(course) == [
        ("Bob [2] é", "It is declared", "failed", 0, 1),
        ("Bob [2] é", "It is scaled", "passed", 3, 3),
        ("ann", "It is declared", "passed", 1, 1),
        ("ann", "It is scaled", "passed", 3, 3),
        ("cem", "It is declared", "failed", 0, 1),
        ("cem", "It is scaled", "failed", 0, 3),
    ]
    assert scores(course)[4]["cause"] == '"web.yaml" is missing from the submission: the exercise asks for it.'


def test_a_score_is_made_from_the_record_alone(course: Folder) -> None:
    """From the one that is kept, too."""
    words = ["--lab-solutions", listed(course, ann=RIGHT, bob=WRONG), "--lab-score", "score", "--lab-record", "kept"]

    course.run(FEATURE, *words).assert_outcomes(passed=3, failed=1)

    made = [marking.line(one, one.objective) for one in record_files.in_folder(course.path / "kept") if one.objective]
    read = [score_reading.read(line) for line in (course.path / "score").read_text().splitlines()]
    assert sorted(map(timeless, made), key=str) == sorted(map(timeless, read), key=str)


def timeless(line: ScoreLine) -> ScoreLine:
    """Without its time, which a record has in thousandths, and with the name of its feature as it is read."""
    return score_reading.read(json.dumps({**score_reading.written(line), "seconds": 0}))


def test_one_student_of_a_list_is_run_again_by_name(course: Folder) -> None:
    """With the command in the text of a failure."""
    names = listed(course, ann=RIGHT, bob=WRONG)

    course.run(f"{FEATURE}::It is declared[bob]", "--lab-solutions", names).assert_outcomes(failed=1)


@PARALLEL
def test_trouble_is_not_graded(course: Folder, workers: list[str]) -> None:
    """Nor is a scenario that was skipped, or has a mistake in its text: the reason is given, and the score does not count."""
    steps = {"Trouble": "When the cluster goes away", "Skipped": "When a node is read", "Wrong": "When nobody knows it"}
    scenarios = "".join(f"  Scenario: {title}\n    Given a thing\n    {step}\n" for title, step in steps.items())
    write(course.path / "features/pods", {"web_lab.feature": f"@exercise @file:web.yaml\nFeature: F\n{scenarios}"})

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXISTING", "1")
        course.run(FEATURE, "--lab-score", "score", *workers).assert_outcomes(errors=2, skipped=1)

    found = scores(course)
    assert {one["outcome"] for one in found} == {"not graded"}
    assert [(one["points"], one["cause"]) for one in found] == [
        (0, "The API server does not answer. See how it is: kubelab status"),
        (0, "The nodes are not ours. Run it on a kind cluster: kubelab up"),
        (0, next(iter(found[2]["text"].splitlines()))),
    ]
    assert found[0]["sentence"] == f"{FEATURE}:5  When the cluster goes away"
    assert found[1]["sentence"] == f"{FEATURE}:8  When a node is read"
    assert "nobody knows it" in found[2]["cause"]


def test_an_objective_whose_worker_died_is_not_graded(course: Folder) -> None:
    """Nothing is known about it."""
    text = EXERCISE.replace('Then "web.sh" says "scale"', "When the worker dies")
    write(course.path / "features/pods", {"web_lab.feature": text})

    course.run(FEATURE, "--lab-solutions", listed(course, ann=RIGHT), "--lab-score", "score", "-n", "1")

    assert short(course) == [("ann", "It is declared", "passed", 1, 1), ("ann", "It is scaled", "not graded", 0, 3)]
    assert scores(course)[1]["cause"] == "the worker process that ran this scenario died"


def test_what_is_left_behind_does_not_change_the_score(course: Folder) -> None:
    """The objective was judged before."""
    text = '@exercise @file:web.yaml\nFeature: F\n  Scenario: S\n    Given a change that nobody can undo\n    Then "web.yaml" says "web"\n'
    write(course.path / "features/pods", {"web_lab.feature": text})

    course.run(FEATURE, "--lab-score", "score").assert_outcomes(passed=1, errors=1)

    assert short(course) == [("", "S", "passed", 1, 1)]


def test_scores_are_added_to_those_of_a_run_before(course: Folder) -> None:
    """Of a run that ended early."""
    for _ in range(2):
        course.run(f"{FEATURE}::It is scaled", "--lab-score", "score")

    assert len(scores(course)) == 2


LISTS = [
    ("{", "is not a list of submissions: *"),
    ("[]", 'is not a list of submissions: it is to be {"submissions": *'),
    ('{"submissions": [{"student": "ann"}]}', "*its entry 1 has not the three texts student, exercise, folder"),
    (
        '{"submissions": [{"student": "a::b", "exercise": "e", "folder": "."}]}',
        "*the student of its entry 1 has characters that no name has",
    ),
    ('{"submissions": [{"student": "ann", "exercise": "e", "folder": "none"}]}', '*there is no folder "none" (entry 1)'),
    (
        '{"submissions": [%s, %s]}' % (('{"student": "ann", "exercise": "e", "folder": "."}',) * 2),
        '*"ann" is there twice with the exercise "e"',
    ),
]


@pytest.mark.parametrize(("text", "told"), LISTS)
def test_a_list_that_cannot_be_read_is_a_usage_error(course: Folder, text: str, told: str) -> None:
    """With what is wrong in it; nothing runs."""
    (course.path / "list.json").write_text(text)

    result = course.run(FEATURE, "--lab-solutions", "list.json")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f'*--lab-solutions says "list.json", which {told.replace("[", "[[]")}'])
    assert course.log == []


@PARALLEL
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--lab-solutions", "none"], '--lab-solutions says "none", and there is no such folder'),
        (["--lab-solutions", "none.json"], '--lab-solutions says "none.json", which cannot be read: No such file or directory'),
        (["--lab-score", "none/score"], '--lab-score says "none/score", and no file can be written there'),
    ],
)
def test_what_is_not_there_is_a_usage_error(course: Folder, workers: list[str], words: list[str], told: str) -> None:
    """Before anything runs; a run without labs does not check it."""
    result = course.run(FEATURE, *words, *workers)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert told in result.stderr.str()
    assert course.log == []


def test_a_run_without_labs_does_not_ask_for_solutions(course: Folder) -> None:
    """It has nothing to judge."""
    (course.path / "test_a.py").write_text("def test_a() -> None:\n    assert True\n")

    course.run("test_a.py", "--lab-solutions", "none", "--lab-score", "none/score").assert_outcomes(passed=1)


def test_a_submission_is_never_privileged(course: Folder) -> None:
    """Even if its exercise is tagged so; our own solution is."""
    with (course.path / "conftest.py").open("a") as file:
        file.write(LEVELS)
    write(course.path / "features/pods", {"web_lab.feature": EXERCISE.replace("@exercise", "@exercise @privileged")})

    course.run(FEATURE, "-k", "scaled")
    course.run(FEATURE, "-k", "scaled", "--lab-solutions", listed(course, ann=RIGHT))

    assert [line for line in course.log if line.startswith("level")] == ["level privileged", "level baseline"]


LEVELS = '''

created = FakeClient.create


def create(self, document, namespace=None):
    """Note the level that a namespace asks for."""
    if document["kind"] == "Namespace":
        log("level " + document["metadata"]["labels"]["pod-security.kubernetes.io/enforce"])
    return created(self, document, namespace)


FakeClient.create = create
'''
MODULE = """
from pytest_bdd import scenarios

scenarios("features/pods/web_lab.feature")
"""


def test_a_python_module_that_binds_an_exercise_finds_the_files_too(course: Folder) -> None:
    """From the folder in the setting."""
    write(course.path / "mine", WRONG)
    (course.path / "test_web.py").write_text(MODULE)

    result = course.run("test_web.py", "--lab-solutions", "mine")

    result.assert_outcomes(passed=1, failed=1)
