"""A feature file as values: scenarios ready to run, outline rows filled in, each with what is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from kubelab.authoring.finding import Finding


@dataclass(frozen=True)
class Step:
    """A sentence of a scenario. `type` is given, when or then, also after And; `docstring` and `table` are what is below it."""

    keyword: str
    type: str
    text: str
    line: int
    column: int = 1
    docstring: str | None = None
    table: tuple[tuple[str, ...], ...] | None = None

    def __str__(self) -> str:
        return f"{self.keyword} {self.text}"


@dataclass(frozen=True)
class ScenarioText:
    """A scenario, or one row of an outline, with the steps of its backgrounds first. Tags come without @, the feature's among them.

    `points` are those of the nearest tag that gives some, 0 without one; `hint` is the paragraph of its description after "Hint:".
    """

    title: str
    line: int
    steps: tuple[Step, ...]
    tags: frozenset[str] = frozenset()
    rule: str = ""
    row: tuple[str, ...] = ()
    points: int = 0
    hint: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Feature:
    """A feature file. Its tags come without @, in their order. `findings` are those that no scenario of it carries."""

    path: Path
    shown: str
    name: str = ""
    language: str = "en"
    description: str = ""
    line: int = 1
    tags: tuple[str, ...] = ()
    scenarios: tuple[ScenarioText, ...] = ()
    findings: tuple[Finding, ...] = ()
    pickles: int = 0

    @property
    def all_findings(self) -> list[Finding]:
        """Every finding of the file, each once, in the order of the lines."""
        return sorted({*self.findings, *(finding for scenario in self.scenarios for finding in scenario.findings)})
