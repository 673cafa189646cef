"""Labs with one text changed, as files beside their manifests hold them: wrong solutions, controls, and variants of right solutions."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FOLDERS = ("wrong", "controls", "variants")
"""A wrong solution changes a manifest or a file of commands, and a control the feature; a variant changes a manifest, and all pass."""
PLACES = {"variants": "*/solutions/*/variants.yaml"}
"""The folder of the entries, if it is not named after them."""


@dataclass(frozen=True)
class Change:
    """One entry: the text of a file that is replaced, and the failure it must cause; a variant has no scenario and causes no failure.

    `loses` are all scenarios that fail because of it: only `scenario`, if the entry names no others.
    """

    folder: str
    chapter: str
    lab: str
    file: str
    old: str
    new: str
    scenario: str = ""
    fails_at: str = ""
    because: str = ""
    loses: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name of the test case."""
        return f"{self.chapter}/{self.lab}: {self.old.strip()} -> {self.new.strip() or 'nothing'}"

    @property
    def feature(self) -> Path:
        """The path of its feature from the root."""
        return Path("features", self.chapter, f"{self.lab}.feature")

    @property
    def changed(self) -> Path:
        """The path of the changed file from the root."""
        if self.file.endswith(".feature"):
            return Path("features", self.chapter, self.file)
        written = Path("manifests", self.chapter, "solutions", self.lab, self.file)
        return written if (ROOT / written).exists() else Path("manifests", self.chapter, self.file)

    @property
    def selected(self) -> str:
        """What pytest runs for it: its scenario, or the whole feature."""
        return f"{self.feature}::{self.scenario}" if self.scenario else str(self.feature)


def changes(folder: str) -> list[Change]:
    """Every entry of that kind, in the order of the files."""
    paths = sorted((ROOT / "manifests").glob(PLACES.get(folder, f"*/{folder}/*.yaml")))
    return [read(folder, path, entry) for path in paths for entry in yaml.safe_load(path.read_text())]


def read(folder: str, path: Path, entry: dict[str, Any]) -> Change:
    """One entry of a file."""
    change, chapter = entry["change"], path.relative_to(ROOT / "manifests").parts[0]
    lab = path.parent.name if folder in PLACES else path.stem
    failure = (entry.get("scenario", ""), entry.get("fails at", ""), entry.get("because", ""))
    loses = tuple(entry.get("loses", [entry["scenario"]] if "scenario" in entry else []))
    return Change(folder, chapter, lab, change["file"], change["from"], change["to"], *failure, loses)


def make(change: Change, root: Path) -> None:
    """Replace the text in a copy of the lab under a root; it must occur exactly once, so that only one place is changed."""
    path = root / change.changed
    text = path.read_text()
    start, end = _span(change, text)
    found = text.count(change.old, start, end)
    assert found == 1, f"{change.changed} has {change.old!r} {found} times, and one place is to be changed"
    path.write_text(text[:start] + text[start:end].replace(change.old, change.new) + text[end:])


def lines_of(feature: Path, scenario: str, sentence: str) -> list[int]:
    """The line numbers of a sentence in a scenario of a feature file, or in its background if the scenario does not have it."""
    text = feature.read_text()
    spans = [_scenario(text, scenario), _background(text)]
    found = [[at for at, line in _lines(text, *span) if line == sentence] for span in spans]
    return found[0] or found[1]


def _span(change: Change, text: str) -> tuple[int, int]:
    """Where the text may be: anywhere in a manifest; in a feature, in the scenario or else in the background."""
    if not change.file.endswith(".feature"):
        return 0, len(text)
    start, end = _scenario(text, change.scenario)
    return (start, end) if change.old in text[start:end] else _background(text)


def _scenario(text: str, title: str) -> tuple[int, int]:
    """From its title to the next one; ValueError if there is none."""
    heads = list(re.finditer(r"^ *Scenario: (.*)$", text, re.MULTILINE))
    at = [head[1].strip() for head in heads].index(title)
    return heads[at].start(), heads[at + 1].start() if at + 1 < len(heads) else len(text)


def _background(text: str) -> tuple[int, int]:
    """Everything before the first scenario."""
    return 0, text.index("Scenario:")


def _lines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    first = text.count("\n", 0, start) + 1
    return [(number, line.strip()) for number, line in enumerate(text[start:end].splitlines(), first)]
