"""Reads nodeimage/recipe.yaml: the stages of the node image for one Kubernetes version, and the key of each one's result."""

import hashlib
import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kubelab.errors import SetupTrouble

FOLDER = Path(__file__).parents[2] / "nodeimage"
"""The recipe that ships with kubelab."""


@dataclass(frozen=True)
class Stage:
    """One piece of work: a script with arguments, the recipe's files it reads, the stages it needs.

    `seconds` is its usual duration on 2 cores without caches, `megabytes` the disk that it takes while it runs,
    `programs` what must be on PATH: each program and its Debian packages.
    """

    name: str
    title: str
    lane: str
    script: str
    files: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    arguments: Mapping[str, str] = field(default_factory=dict)
    programs: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0
    megabytes: float = 0


@dataclass(frozen=True)
class Recipe:
    """The stages for one Kubernetes version, in their order, with the key of each; their scripts and files are in `folder`."""

    folder: Path
    kubernetes: str
    stages: Mapping[str, Stage]
    keys: Mapping[str, str]
    go: str

    def closure(self, *names: str) -> set[str]:
        """The named stages and all stages that they need."""
        return set(names).union(*(self.closure(*self.stages[name].needs) for name in names if self.stages[name].needs))


def read(kubernetes: str, folder: Path = FOLDER) -> Recipe:
    """The recipe for a Kubernetes version such as "1.36.3"; SetupTrouble with the versions that there are."""
    data = yaml.safe_load((folder / "recipe.yaml").read_text())
    words = _words(data, kubernetes)
    stages = {name: _stage(name, _filled(entry, words)) for name, entry in data["stages"].items()}
    keys: dict[str, str] = {}
    for name in stages:
        _add_key(name, stages, folder, keys)
    return Recipe(folder, kubernetes, stages, keys, words["go"])


def versions(folder: Path = FOLDER) -> list[str]:
    """The Kubernetes versions for which there is a recipe."""
    return [str(version) for version in yaml.safe_load((folder / "recipe.yaml").read_text())["kubernetes"]]


def pinned(folder: Path = FOLDER) -> dict[str, str]:
    """The versions that the recipe pins for every Kubernetes version, by name."""
    return {name: str(version) for name, version in yaml.safe_load((folder / "recipe.yaml").read_text())["versions"].items()}


def _words(data: Mapping[str, Any], kubernetes: str) -> dict[str, str]:
    rows = {str(version): row or {} for version, row in data["kubernetes"].items()}
    if kubernetes not in rows:
        raise SetupTrouble(
            f"There is no recipe for a node image of Kubernetes {kubernetes}, only for {', '.join(rows)}.\n"
            f"Choose one of them: kubelab up --kubernetes {next(iter(rows))}"
        )
    words = {"go": "0", **data.get("versions", {}), **rows[kubernetes], "kubernetes": kubernetes, "minor": kubernetes.split(".")[1]}
    return {name: str(value) for name, value in words.items()}


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    """`value` with each {word} in its strings replaced; an unknown word in braces stays as it is."""
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda match: words.get(match[1], match[0]), value)
    if isinstance(value, list):
        return [_filled(item, words) for item in value]
    if isinstance(value, dict):
        return {name: _filled(item, words) for name, item in value.items()}
    return value


def _stage(name: str, entry: Mapping[str, Any]) -> Stage:
    parts: dict[str, Any] = dict(entry)
    parts |= {part: tuple(entry[part]) for part in ("files", "needs") if part in entry}
    parts |= {part: {key: str(value) for key, value in entry[part].items()} for part in ("arguments", "programs") if part in entry}
    return Stage(name=name, **parts)


def _add_key(name: str, stages: Mapping[str, Stage], folder: Path, keys: dict[str, str]) -> str:
    if name not in keys:
        needed = [_add_key(need, stages, folder, keys) for need in stages[name].needs]
        keys[name] = key(stages[name], folder, needed)
    return keys[name]


def key(stage: Stage, folder: Path, needed: list[str]) -> str:
    """Twelve hex digits that change with what the result depends on: script, files, arguments, needed stages, the architecture."""
    digest = hashlib.sha256()
    parts = [stage.name, platform.machine(), *needed, *(f"{name}={value}" for name, value in sorted(stage.arguments.items()))]
    for part in parts:
        digest.update(part.encode() + b"\0")
    for path in _inputs(stage, folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _inputs(stage: Stage, folder: Path) -> Iterator[Path]:
    for name in (stage.script, *stage.files):
        path = folder / name
        yield from sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
