"""results.json, and the schema that describes it."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kubelab.errors import SetupTrouble
from kubelab.grading import results_file

from .small_class import SCALED, UP, class_of_four, failed, grade, passed, results

SCHEMA = json.loads(files("kubelab.grading").joinpath("results.schema.json").read_text(encoding="utf-8"))


def errors(document: Any) -> list[str]:
    """The schema's errors."""
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)]


def test_the_schema_is_one() -> None:
    """Of the JSON Schema draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$schema"]


def test_the_file_is_as_the_schema_says() -> None:
    """With every kind of grade in it; a class without students is valid, too."""
    assert errors(json.loads(results_file.text(class_of_four()))) == []
    assert errors(json.loads(results_file.text(results()))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"more": 1},
        {"grades": [{}]},
        {"grades": [{"student": "ann", "points": 3}]},
    ],
    ids=str,
)
def test_the_schema_refuses_other_files(change: dict[str, Any]) -> None:
    """Otherwise it would be useless."""
    assert errors({**json.loads(results_file.text(class_of_four())), **change})


def test_the_schema_refuses_points_for_what_is_not_graded() -> None:
    """And missing points for what is graded."""
    document = json.loads(results_file.text(class_of_four()))
    open_one = next(one for one in document["grades"] if not one["graded"])
    assert open_one["points"] is None

    open_one["points"] = 0

    assert errors(document)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """From the file, and from the folder that it is in."""
    (tmp_path / "results.json").write_text(results_file.text(class_of_four()))

    assert results_file.read(tmp_path) == results_file.read(tmp_path / "results.json") == class_of_four()


def test_two_runs_differ_only_in_what_was_seen() -> None:
    """Names of Pods and seconds."""
    first = results(grade("bob", passed(UP), failed(SCALED, cause="web-x2b4 is there", last_saw="web-x2b4, Running")))
    second = results(grade("bob", passed(UP), failed(SCALED, cause="web-99zz is there", last_saw="web-99zz, Running")))
    documents = [json.loads(results_file.text(one)) for one in (first, second)]
    assert documents[0] != documents[1]

    for document in documents:
        for objective in document["grades"][0]["objectives"]:
            del objective["seen"]

    assert json.dumps(documents[0]) == json.dumps(documents[1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read: No such file or directory"),
        ("{", "is not a results file of kubelab grade"),
        ("[]", "is not a results file of kubelab grade"),
        ('{"version": 1}', "is not a results file of kubelab grade"),
        ('{"version": 7}', "has version 7, and this kubelab reads version 1"),
    ],
)
def test_what_is_not_a_results_file_is_reported(tmp_path: Path, text: str | None, said: str) -> None:
    """With its name, and the file to name instead."""
    if text is not None:
        (tmp_path / "results.json").write_text(text)

    with pytest.raises(SetupTrouble, match=said) as trouble:
        results_file.read(tmp_path)

    assert str(tmp_path / "results.json") in str(trouble.value)
    assert "Name a folder that kubelab grade" in str(trouble.value)
