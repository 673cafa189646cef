"""A record as a file: JSON in version 1, described by `record.schema.json`; written, read, and found in a folder."""

import dataclasses
import json
import types
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from kubelab.errors import SetupTrouble
from kubelab.records import whole_file
from kubelab.records.scenario_record import ScenarioRecord

VERSION = 1
"""The version that is written, and the only one that is read."""
SUFFIX = ".record.json"


def text(record: ScenarioRecord) -> str:
    """The file's text: fields that say nothing more than their default are left out."""
    return json.dumps({"version": VERSION, **_plain(record)}, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(path: Path, record: ScenarioRecord) -> None:
    """Write it at once: who reads the file sees all of it or nothing."""
    whole_file.put(path, text(record))


def read(path: Path) -> ScenarioRecord:
    """The record in a file; SetupTrouble for what is none."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["version"] != VERSION:
            raise SetupTrouble(f"{path} has version {said['version']}, and this kubelab reads version {VERSION}.")
        found: ScenarioRecord = _value(ScenarioRecord, said)
    except OSError as error:
        raise SetupTrouble(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise SetupTrouble(f"{path} is not a record of a scenario ({error!r}).") from error
    return found


def in_folder(folder: Path) -> Iterator[ScenarioRecord]:
    """Every record below a folder, sorted by path; SetupTrouble where there is none."""
    files = sorted(folder.rglob(f"*{SUFFIX}"))
    if not files:
        raise SetupTrouble(f"{folder} has no records. A run keeps them: pytest features/ --lab-record {folder}")
    yield from map(read, files)


def _plain(value: Any) -> Any:
    """A dataclass as a JSON object, tuples as lists; fields with their default value left out."""
    if dataclasses.is_dataclass(value):
        said = {one.name: getattr(value, one.name) for one in dataclasses.fields(value) if getattr(value, one.name) != _default(one)}
        return {name: _plain(one) for name, one in said.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def _default(one: "dataclasses.Field[Any]") -> Any:
    return one.default if one.default_factory is dataclasses.MISSING else one.default_factory()


def _value(kind: Any, said: Any) -> Any:
    """What JSON said, as a value of that type. TypeError for what has another shape."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _value(hints[name], one) for name, one in said.items() if name in hints})
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], one) for one in _of(list, said))
    if get_origin(kind) is Mapping:
        return {key: _value(get_args(kind)[1], one) for key, one in _of(dict, said).items()}
    if get_origin(kind) in {Union, types.UnionType}:
        return None if said is None else _value(get_args(kind)[0], said)
    return float(_of((int, float), said)) if kind is float else _of(kind, said)


def _of(kind: type | tuple[type, ...], said: Any) -> Any:
    if not isinstance(said, kind) or (isinstance(said, bool) and kind is not bool):
        raise TypeError(f"{said!r} is not of type {kind}")
    return said


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
