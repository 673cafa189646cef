"""A record as a file: nothing is lost, and other files are named."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kubelab.errors import SetupTrouble
from kubelab.records import record_files
from kubelab.records.scenario_record import (
    Answers,
    ClusterEvent,
    ObjectiveFacts,
    RunFacts,
    RunningImage,
    ScenarioRecord,
    Section,
    Sentence,
    StateChange,
    Wait,
)
from tests.plugin.test_records import SCHEMA

RUN = RunFacts("1f", "2026-03-01T10:00:00Z", "0.1.0", "1.36.3", "kubelab", "kind")
BARE = ScenarioRecord("a.feature::S", "a.feature", "A", "", "", "S", 3, "passed", "2026-03-01T10:00:01.250Z", 1.5, RUN)
FULL = replace(
    BARE,
    outcome="failed",
    tags=("slow",),
    points=2,
    objective=ObjectiveFacts("pods/lab", "S", "look"),
    cause="Then it is so: no",
    why="no",
    sentences=(
        Sentence(
            4, "Given", "a thing", "given", "passed", 0.0, 0.25, (Wait(0.0, 0.25, 30.0, "it is", "web", met=True),), kubectl="kubectl x"
        ),
        Sentence(5, "Then", "it is so", "then", "failed", 0.25, 1.0, expected="so", seen="no", error="why"),
        Sentence(6, "When", "I go on", "when", "not run"),
    ),
    timeline=(
        StateChange(0.5, "Pod", "web", "lab", "u1", "ready", "u0", "n1", 1, ("ready",), missed=True),
        StateChange(0.6, "ReplicaSet", "rs", "lab", "u0", counts={"wanted": 3, "ready": 0}),
        StateChange(0.7, "EndpointSlice", "s", "lab", "u2", endpoints=("web",), service="web"),
    ),
    events=(ClusterEvent(0.4, "Warning", "BackOff", "Pod", "web", "again", 2),),
    answers=(Answers(1.0, 5, "http://web", "", 3),),
    evidence=(Section("logs", ("파드", "b")),),
    images=(RunningImage("nginx:1.14", "nginx:1.14.2", "gone"),),
)


def errors(record: ScenarioRecord, **change: Any) -> list[str]:
    """The schema's errors for a record's file with this change."""
    document = {**json.loads(record_files.text(record)), **change}
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)]


@pytest.mark.parametrize("record", [BARE, FULL], ids=["bare", "full"])
def test_what_is_written_is_read(tmp_path: Path, record: ScenarioRecord) -> None:
    """Completely, and no other file is left in the folder."""
    record_files.write(tmp_path / "deep" / "S.record.json", record)

    assert list(record_files.in_folder(tmp_path)) == [record]
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["S.record.json"]


@pytest.mark.parametrize("record", [BARE, FULL], ids=["bare", "full"])
def test_the_file_is_as_the_schema_says(record: ScenarioRecord) -> None:
    """Also if almost every field is left out."""
    assert errors(record) == []


def test_the_schema_is_one_and_knows_every_field() -> None:
    """Of the JSON Schema draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)

    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$schema"]
    assert set(SCHEMA["properties"]) == {"version", *vars(BARE)}


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"more": 1},
        {"objective": {"title": "S"}},
        {"outcome": "not run"},
        {"began": "yesterday"},
        {"sentences": [{"line": 4, "keyword": "When", "text": "x", "type": "when", "outcome": "not run", "began": 1.0}]},
        {"sentences": [{"line": 4, "keyword": "When", "text": "x", "type": "when", "outcome": "passed"}]},
        {"timeline": [{"time": 1, "kind": "Secret", "name": "x", "namespace": "", "uid": "u", "data": {}}]},
    ],
    ids=str,
)
def test_the_schema_refuses_other_files(change: dict[str, Any]) -> None:
    """Otherwise it would be useless; the data of a Secret cannot be in a record."""
    assert errors(FULL, **change)


BROKEN: dict[str, str | bytes] = {
    "nothing": "",
    "half": record_files.text(FULL)[:300],
    "bytes": b"\xff\xfe",
    "list": "[]",
    "deep": "[" * 100_000,
    "number": "1",
    "lacking": '{"version": 1}',
    "word": record_files.text(BARE).replace('"line":3', '"line":"three"'),
    "truth": record_files.text(BARE).replace('"line":3', '"line":true'),
    "text as list": record_files.text(FULL).replace('"tags":["slow"]', '"tags":"slow"'),
    "points": record_files.text(FULL).replace('"points":2', '"points":"two"'),
    "counts": record_files.text(FULL).replace('"wanted":3', '"wanted":[]'),
    "objective": record_files.text(FULL).replace('"objective":{', '"objective":[{').replace('"look"}', '"look"}]'),
    "sentence": record_files.text(FULL).replace('"sentences":[{', '"sentences":[3,{'),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_not_a_record_is_named(tmp_path: Path, broken: str) -> None:
    """However deeply its JSON nests."""
    text = BROKEN[broken]
    file = tmp_path / "S.record.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())

    with pytest.raises(SetupTrouble, match=r"S\.record\.json is not a record of a scenario"):
        list(record_files.in_folder(tmp_path))


def test_a_record_of_another_version_is_refused(tmp_path: Path) -> None:
    """Its meaning is unknown."""
    (tmp_path / "S.record.json").write_text('{"version": 2}')

    with pytest.raises(SetupTrouble, match=r"S\.record\.json has version 2, and this kubelab reads version 1"):
        list(record_files.in_folder(tmp_path))


@pytest.mark.parametrize("there", [True, False], ids=["empty", "missing"])
def test_a_folder_without_records_is_told(tmp_path: Path, *, there: bool) -> None:
    """An empty report would look as if everything had passed."""
    folder = tmp_path if there else tmp_path / "none"

    with pytest.raises(SetupTrouble, match=r"has no records\. A run keeps them: pytest features/ --lab-record"):
        list(record_files.in_folder(folder))


def test_a_record_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """As when a folder has its name."""
    (tmp_path / "S.record.json").mkdir()

    with pytest.raises(SetupTrouble, match=r"S\.record\.json cannot be read: Is a directory"):
        list(record_files.in_folder(tmp_path))


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    """Not even a partial file."""
    (tmp_path / "S.record.json").mkdir()

    with pytest.raises(OSError, match=r"S\.record\.json"):
        record_files.write(tmp_path / "S.record.json", BARE)

    assert [file.name for file in tmp_path.iterdir()] == ["S.record.json"]
