"""Every lab fails when it should: each wrong solution fails at the sentence it names and tells the cause it names."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cluster.lab_runs import ROOT, WrongSolution, line_of, run_all, wrong_solutions

WORKERS = "6"
ALL = wrong_solutions()
ALONE = {"services", "ingress", "network"}
"""Chapters whose labs claim hosts, ports and addresses, so that their wrong solutions run one after another."""
NODE = "Pods of a failed node"
"""How the title of a scenario begins that has the cluster alone."""


def is_alone(wrong: WrongSolution) -> bool:
    """Whether others would have to wait for it."""
    return wrong.chapter in ALONE or wrong.scenario.startswith(NODE)


FIRST = {(wrong.chapter, wrong.lab): wrong for wrong in reversed(ALL) if not is_alone(wrong)}
"""One of each lab that runs beside others."""


def marks(wrong: WrongSolution) -> list[pytest.MarkDecorator]:
    """By day one of each lab runs, at night all do."""
    return [] if wrong is FIRST.get((wrong.chapter, wrong.lab)) else [pytest.mark.nightly]


def folder(wrong: WrongSolution) -> str:
    """Where it lies among the others, each with a feature and manifests of its own."""
    return f"wrong{ALL.index(wrong):03}"


@pytest.fixture(scope="session")
def failures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, str]]:
    """What each wrong solution of this session fails with, by its folder: one run of pytest for all of them."""
    cases = (getattr(item, "callspec", None) for item in request.session.items)
    chosen = {folder(case.params["wrong"]): case.params["wrong"] for case in cases if case and "wrong" in case.params}
    place = tmp_path_factory.mktemp("wrong")
    texts = run_all(place, chosen, "-n", WORKERS)
    return {name: (place / name, texts.get(name, "it did not run")) for name in chosen}


@pytest.mark.cluster
@pytest.mark.xdist_group("wrong solutions")
@pytest.mark.parametrize("wrong", [pytest.param(wrong, marks=marks(wrong), id=wrong.title) for wrong in ALL])
def test_a_wrong_solution_fails_where_it_says(wrong: WrongSolution, failures: Mapping[str, tuple[Path, str]]) -> None:
    """The named sentence fails, with feature and line, and the text tells the cause."""
    place, text = failures[folder(wrong)]

    where = f"{wrong.feature}:{line_of(place / wrong.feature, wrong.scenario, wrong.fails_at)}  {wrong.fails_at}"
    assert where in text, text
    assert wrong.because in text, text


@pytest.mark.cluster
def test_every_lab_has_a_wrong_solution() -> None:
    """No feature file is without one."""
    labs = {(path.parent.name, path.stem) for path in (ROOT / "features").glob("*/*.feature")}

    assert labs == {(wrong.chapter, wrong.lab) for wrong in ALL}
