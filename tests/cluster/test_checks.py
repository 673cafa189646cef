"""What `make lint` checks apart from Python code, with the real programs."""

from pathlib import Path

import pytest

from checks import workflows


def test_a_workflow_that_says_something_unknown_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """By actionlint, with the file and the line; our own workflows have no findings."""
    (tmp_path / "broken.yml").write_text("on: push\njobs:\n  a: {runs-on: ubuntu-24.04, steps: [{run: make labs, iff: failure()}]}\n")

    assert workflows.check(tmp_path) == 1
    assert 'broken.yml:3:55: unexpected key "iff"' in capfd.readouterr().out
    assert workflows.check(workflows.FOLDER) == 0
