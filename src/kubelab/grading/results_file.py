"""results.json: the results of a class as a file, in version 1, described by `results.schema.json`; written and read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kubelab.errors import SetupTrouble
from kubelab.grading.marks import Assignment, Goal, Grade, Mark, Results

NAME = "results.json"
VERSION = 1
"""The version that is written, and the only one that is read."""
REMEDY = "Name a folder that kubelab grade of this version has written: its --to"
SEEN = ("last_saw", "cause", "text", "seconds")
"""What differs from run to run (names of Pods, moments): it stands apart, so that everything else can be compared."""


def text(results: Results) -> str:
    """The file's text: two runs that graded everything differ in nothing but the objects `seen`."""
    return json.dumps(_document(results), indent=2, ensure_ascii=False) + "\n"


def read(path: Path) -> Results:
    """The results in a file, or in the file of that name in a folder; SetupTrouble for what is none."""
    file = path / NAME if path.is_dir() else path
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        if said["version"] != VERSION:
            raise SetupTrouble(f"{file} has version {said['version']}, and this kubelab reads version {VERSION}.\n{REMEDY}")
        exercises = tuple(_assignment(one) for one in said["exercises"])
        return Results.of([said["kubernetes"]], [said["kubelab"]], exercises, (_grade(one) for one in said["grades"]))
    except OSError as error:
        raise SetupTrouble(f"{file} cannot be read: {error.strerror}.\n{REMEDY}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SetupTrouble(f"{file} is not a results file of kubelab grade ({error!r}).\n{REMEDY}") from error


def _document(results: Results) -> dict[str, Any]:
    return {
        "version": VERSION,
        "kubelab": results.kubelab,
        "kubernetes": results.kubernetes,
        "exercises": [_exercise(one) for one in results.exercises],
        "grades": [_graded(one) for one in results.grades],
    }


def _exercise(one: Assignment) -> dict[str, Any]:
    goals = [{"title": goal.title, "line": goal.line, "points": goal.points, "hint": goal.hint} for goal in one.goals]
    return {"name": one.name, "title": one.title, "digest": one.digest, "points": one.of, "objectives": goals}


def _graded(one: Grade) -> dict[str, Any]:
    return {
        "student": one.student,
        "exercise": one.exercise,
        "digest": one.digest,
        "graded": one.graded,
        "points": one.points if one.graded else None,
        "of": one.of,
        "reason": one.reason,
        "refusals": list(one.refusals),
        "missing": list(one.missing),
        "objectives": [_judged(mark) for mark in one.marks],
    }


def _judged(mark: Mark) -> dict[str, Any]:
    return {
        "title": mark.objective,
        "line": mark.line,
        "outcome": mark.outcome,
        "points": mark.points,
        "of": mark.of,
        "sentence": mark.sentence,
        "expected": mark.expected,
        "hint": mark.hint,
        "seen": {name: getattr(mark, name) for name in SEEN},
    }


def _assignment(said: Mapping[str, Any]) -> Assignment:
    goals = tuple(Goal(one["title"], one["line"], one["points"], one["hint"]) for one in said["objectives"])
    return Assignment(said["name"], said["title"], said["digest"], goals)


def _grade(said: Mapping[str, Any]) -> Grade:
    marks = tuple(_mark(one) for one in said["objectives"])
    sentences = (tuple(said["refusals"]), tuple(said["missing"]))
    return Grade(said["student"], said["exercise"], said["digest"], marks, said["reason"], *sentences)


def _mark(said: Mapping[str, Any]) -> Mark:
    rest = {name: said[name] for name in ("line", "outcome", "points", "of", "sentence", "expected", "hint")}
    return Mark(objective=said["title"], **rest, **{name: said["seen"][name] for name in SEEN})
