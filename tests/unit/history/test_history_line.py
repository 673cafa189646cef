"""The line of a history, and its schema."""

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kubelab.errors import SetupTrouble
from kubelab.history import history_line
from kubelab.records.scenario_record import RunFacts, Wait

from .nights import record

SCHEMA = json.loads(files("kubelab.history").joinpath("history.schema.json").read_text(encoding="utf-8"))


def errors(line: Any) -> list[str]:
    """The schema's errors."""
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(line)]


def wait(waited: float, limit: float, *, stretch: bool = False) -> Wait:
    """A wait that was met."""
    return Wait(0.0, waited, limit, "", "", met=True, stretch=stretch)


def line(*args: Any, **more: Any) -> dict[str, Any]:
    """The line of such a record."""
    made = record(*args, **more)
    return dict(json.loads(history_line.text(made, made.run.kubernetes)))


def test_the_schema_is_one() -> None:
    """Of the JSON Schema draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$schema"]


@pytest.mark.parametrize("letter", ["P", "F", "E", "S"])
def test_a_line_is_as_the_schema_says(letter: str) -> None:
    """With a wait and without one, and without a cluster."""
    assert errors(line(letter=letter)) == []
    assert errors(line(letter=letter, waits=(wait(3, 30),))) == []
    assert errors(line(letter=letter, kubernetes="")) == []


def test_the_schema_and_the_code_know_the_same_keys() -> None:
    """In the same order, which makes reading fast."""
    assert list(line()) == [*history_line.RUN, *history_line.RESULT, *history_line.SCENARIO]
    assert sorted(line()) == sorted(SCHEMA["required"]) == sorted(SCHEMA["properties"])


@pytest.mark.parametrize("change", [{"version": 2}, {"outcome": "not run"}, {"began": "yesterday"}, {"seconds": "4"}, {"more": 1}])
def test_the_schema_refuses_other_lines(change: dict[str, Any]) -> None:
    """Otherwise it would be useless."""
    assert errors({**line(), **change})


def test_a_line_is_text_that_ends() -> None:
    """Whatever a title contains."""
    text = history_line.text(record(name='A "quoted"\nname, ü'), "1.36.3")

    assert text.count("\n") == 1
    assert text.endswith("}\n")


def test_the_wait_nearest_to_its_limit_is_told() -> None:
    """With the line of its sentence; a wait that checks whether a state lasts has no headroom."""
    told = line(waits=(wait(20, 100), wait(9, 10), wait(60, 60, stretch=True), wait(0, 0)))

    assert (told["waited"], told["limit"], told["at"]) == (9, 10, 5)
    assert line(waits=(wait(60, 60, stretch=True),))["waited"] is None


def test_a_reason_is_one_short_line() -> None:
    """The cause of a failure, the reason of a skip; nothing for a pass."""
    assert line(letter="F", cause="No image\nand more")["reason"] == "No image"
    assert line(letter="S")["reason"] == "there is one node only"
    assert line()["reason"] == ""
    assert len(line(letter="F", cause="x" * 999)["reason"]) == 200


@pytest.mark.parametrize("said", ["2026-08-01T04:17:04.123+02:00", "2026-08-01T02:17:04Z", "2026-08-01T02:17:04"])
def test_the_beginning_of_a_run_is_in_utc(said: str) -> None:
    """Whatever the record's time zone: runs are sorted by it."""
    changed = replace(record(), run=RunFacts("r", said, "0.1.0", "1.36.3"))

    assert history_line.began(changed) == "2026-08-01T02:17:04Z"


def test_a_record_without_a_time_is_named() -> None:
    """It could not be placed among the runs."""
    with pytest.raises(SetupTrouble, match='It runs" has no time at which its run began: "soon"'):
        history_line.began(replace(record(), run=RunFacts("r", "soon", "0.1.0")))
