"""One scenario as pytest sees it: an item with a place in a feature file, whose failure is told in the feature's own words."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.locks import WHOLE
from kubelab.plugin.options import chosen

if TYPE_CHECKING:
    from kubelab.authoring import Feature, Finding, ScenarioText, Step
    from kubelab.manifests import Solution
    from kubelab.plugin.performed import Performed
    from kubelab.plugin.solutions import Assessment
    from kubelab.vocabulary import Definition

FIXTURES = pytest.StashKey[dict[object, Any]]()
Bound = Sequence[tuple["Step", "Definition"]]


class Needs:
    """What the sentences of a scenario need, by their definitions; of an exercise also the files of a `solution`."""

    bound: Bound = ()
    solution: "Solution | None" = None

    @cached_property
    def kinds(self) -> set[str]:
        """Every kind that its sentences name."""
        return {kind for step, definition in self.bound for kind in definition.kinds(step.text)}

    @property
    def resources(self) -> set[str]:
        """What its steps need for it alone."""
        return {resource for step, definition in self.bound for resource in definition.locks(step.text)}


class ScenarioItem(Needs, pytest.Function):
    """A scenario to run. With findings it does not run: its setup tells them. `title` is its name without its student or parameters.

    One of an exercise is judged: `assessment` says by what.
    """

    text: "ScenarioText"
    feature: "Feature"
    findings: Sequence["Finding"] = ()
    line: int = 1
    failed: bool = False
    performed: "list[Performed]"
    title: str = ""
    assessment: "Assessment | None" = None

    @classmethod
    def of(
        cls,
        parent: pytest.Collector,
        title: str,
        text: "ScenarioText",
        feature: "Feature",
        bound: Bound,
        findings: Sequence["Finding"],
        assessment: "Assessment | None" = None,
    ) -> list["ScenarioItem"]:
        """The items of a scenario, its steps bound to their definitions: one, or one for each set of parameters that it is given."""
        from kubelab.pytest_internals import calls_of, with_fixtures  # noqa: PLC0415  (a run without labs needs no pytest-bdd)

        run = _refuse if findings else _perform
        info = with_fixtures(*_fixtures(parent, run, bound))

        def made(name: str, **special: Any) -> "ScenarioItem":
            item: ScenarioItem = cls.from_parent(parent, name=name, callobj=run, fixtureinfo=info, **special)
            item.title, item.assessment, item.solution = title, assessment, assessment.solution if assessment else None
            item.text, item.feature, item.bound, item.findings, item.line = text, feature, bound, tuple(findings), text.line
            item.performed = []
            for tag in _marks(text) if not findings else ():
                item.add_marker(tag)
            return item

        name = assessment.named(title) if assessment else title
        alone = made(name)
        calls = () if findings else calls_of(alone)
        given = [made(f"{name}[{one.id}]", callspec=one, originalname=name, keywords={one.id: True}) for one in calls]
        return given or [alone]

    @property
    def manifest_limit(self) -> float:
        """How large its manifests may be, as `manifests.Limits` counts."""
        return chosen(self.config).manifest_limit

    @property
    def exclusive(self) -> bool:
        """Whether it runs alone: it is tagged so, or one of its steps changes the cluster for everyone."""
        return self.get_closest_marker("exclusive") is not None or WHOLE in self.resources

    def setup(self) -> None:
        """Tell what is wrong with the scenario, or prepare it: anew, where a plugin runs it again."""
        self.failed, self.line, self.performed = False, self.text.line, []
        if self.findings:
            raise SetupTrouble("\n".join(str(finding) for finding in self.findings))
        super().setup()

    def reportinfo(self) -> tuple[Path, int, str]:
        """The feature's file, the line of the step that ran last (from 0), and the name."""
        return self.path, self.line - 1, self.name


def _marks(text: "ScenarioText") -> list[str]:
    """The tags that are markers: those that carry no data, and do not stand for what pytest's marker takes."""
    return [tag for tag in sorted(text.tags) if ":" not in tag and tag != "parametrize"]


def _fixtures(parent: pytest.Collector, run: Callable[..., None], bound: Bound) -> tuple[Any, Any]:
    """The fixtures that a function of this file asks for, and those with parameters that steps ask for: found once for all scenarios."""
    from kubelab.pytest_internals import fixtures_of, parametrized  # noqa: PLC0415

    known = parent.stash.setdefault(FIXTURES, {})
    asked = frozenset(name for _, definition in bound for name in definition.asks)
    if run not in known:
        known[run] = fixtures_of(parent, run)
    if asked not in known:
        known[asked] = parametrized(parent, asked)
    return known[run], known[asked]


def _refuse() -> None:
    """A scenario with findings never gets here."""


def _perform(request: pytest.FixtureRequest, lab: Any) -> None:
    __tracebackhide__ = True
    from kubelab.plugin.execution import perform  # noqa: PLC0415  (collection needs none of it)

    perform(request, lab)
