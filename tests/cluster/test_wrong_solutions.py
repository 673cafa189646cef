"""Every lab fails when it should: each wrong solution fails at the sentence it names and tells the cause it names."""

from pathlib import Path

import pytest

from tests.cluster.lab_runs import WrongSolution, copy_chapter, line_of, run_lab, wrong_solutions


def name(wrong: WrongSolution) -> str:
    """How pytest names the case."""
    return f"{wrong.chapter}/{wrong.lab}: {wrong.old.strip()} -> {wrong.new.strip() or 'nothing'}"


@pytest.mark.cluster
@pytest.mark.parametrize("wrong", wrong_solutions(), ids=name)
def test_a_wrong_solution_fails_where_it_says(wrong: WrongSolution, tmp_path: Path) -> None:
    """The named sentence fails, with feature and line, and the text tells the cause."""
    copy_chapter(wrong, tmp_path)

    done, text = run_lab(tmp_path, f"{wrong.feature}::{wrong.scenario}", "--lab-patience=0.5")

    where = f"{wrong.feature}:{line_of(tmp_path / wrong.feature, wrong.scenario, wrong.fails_at)}  {wrong.fails_at}"
    assert done.returncode == 1, done.stdout + done.stderr
    assert where in text, text
    assert wrong.because in text, text


@pytest.mark.cluster
def test_every_lab_has_a_wrong_solution() -> None:
    """No feature file is without one."""
    root = Path(__file__).parents[2]
    labs = {(path.parent.name, path.stem) for path in (root / "features").glob("*/*.feature")}

    assert labs == {(wrong.chapter, wrong.lab) for wrong in wrong_solutions()}
