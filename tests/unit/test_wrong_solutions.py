"""Wrong solutions as they are written down: what they change is there, and the sentence that they name too."""

from pathlib import Path

import pytest

from tests.cluster.lab_runs import WrongSolution, copy_chapter, line_of, wrong_solutions


@pytest.mark.parametrize("wrong", wrong_solutions(), ids=lambda wrong: wrong.title)
def test_a_wrong_solution_can_be_made(wrong: WrongSolution, tmp_path: Path) -> None:
    """Told at once, and not after all of them have run on a cluster."""
    copy_chapter(wrong, tmp_path)

    assert line_of(tmp_path / wrong.feature, wrong.scenario, wrong.fails_at) > 0
