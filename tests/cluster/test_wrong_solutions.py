"""Every lab fails when it should: each wrong solution, and each control, fails at the sentence and with the cause that it names."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cluster.changes import FOLDERS, ROOT, Change, changes, lines_of
from tests.cluster.lab_runs import PASSED, run_all

WORKERS = "6"
WRONG, CONTROLS, VARIANTS = (changes(folder) for folder in FOLDERS)
ALL = [*WRONG, *CONTROLS, *VARIANTS]
ALONE = {"services", "ingress", "network"}
"""Chapters whose labs claim hosts, ports and addresses, so that their changed labs run one after another."""
EXCLUSIVE = "@exclusive\n"
"""The tag of a scenario that has the cluster to itself."""


def is_alone(change: Change) -> bool:
    """Whether other scenarios would have to wait for it."""
    before, _, after = (ROOT / change.feature).read_text().partition(f"Scenario: {change.scenario}")
    return change.chapter in ALONE or EXCLUSIVE in (before.strip(" ")[-len(EXCLUSIVE) :] if change.scenario else before + after)


def first_of_each_lab(found: list[Change]) -> list[Change]:
    """One change for each lab, of those that can run beside others."""
    return list({(one.chapter, one.lab): one for one in reversed(found) if not is_alone(one)}.values())


BY_DAY = [*first_of_each_lab([*WRONG, *CONTROLS]), *first_of_each_lab(VARIANTS)]
"""For each lab a wrong solution, or a control if it has none, and a variant of the right one; at night all of them run."""


def cases(found: list[Change]) -> pytest.MarkDecorator:
    """A test case for each change."""
    marks = {True: [], False: [pytest.mark.nightly]}
    return pytest.mark.parametrize("change", [pytest.param(one, marks=marks[one in BY_DAY], id=one.title) for one in found])


def folder(change: Change) -> str:
    """Its subfolder, with a feature and manifests of its own."""
    return f"{change.folder}{ALL.index(change):03}"


Told = Mapping[str, tuple[Path, list[str]]]
"""By the folder of a changed lab: its path, and the result of each of its scenarios."""


@pytest.fixture(scope="session")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The results of each changed lab of this session: one run of pytest for all of them."""
    params = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    chosen = {folder(each["change"]): each["change"] for each in params if "change" in each}
    place = tmp_path_factory.mktemp("changes")
    texts = run_all(place, chosen, "-n", WORKERS)
    return {name: (place / name, texts[name]) for name in chosen}


def fails_where_it_says(change: Change, told: Told) -> None:
    """The named sentence fails, with feature and line, and the text gives the cause."""
    place, texts = told[folder(change)]
    assert len(texts) == 1, "it did not run"
    lines = lines_of(place / change.feature, change.scenario, change.fails_at)
    assert any(f"{change.feature}:{line}  {change.fails_at}" in texts[0] for line in lines), texts[0]
    assert change.because in texts[0], texts[0]


@pytest.mark.cluster
@cases(WRONG)
def test_a_wrong_solution_fails_where_it_says(change: Change, told: Told) -> None:
    """A solution that is wrong in one place."""
    fails_where_it_says(change, told)


@pytest.mark.cluster
@cases(CONTROLS)
def test_a_control_fails_where_it_says(change: Change, told: Told) -> None:
    """A feature that does, or asks for, something else in one place."""
    fails_where_it_says(change, told)


@pytest.mark.cluster
@cases(VARIANTS)
def test_a_variant_passes(change: Change, told: Told) -> None:
    """Every scenario of the feature passes."""
    _, texts = told[folder(change)]

    assert texts, "it did not run"
    assert [text for text in texts if text != PASSED] == []
