"""How pytest is called to grade."""

import argparse
from pathlib import Path

import pytest

from kubelab.cli import score_options
from kubelab.exercises import shipped

NOBODY = argparse.Namespace(name=None, context=None)


def test_without_xdist_one_runs_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """More are refused, with the command that installs it."""
    monkeypatch.setattr(score_options, "find_spec", lambda _name: None)

    assert (score_options.jobs(None), score_options.jobs(1), score_options.parallel(1)) == (1, 1, [])
    with pytest.raises(ValueError, match=r"pip install 'kubelab\[parallel\]'"):
        score_options.jobs(2)


def test_with_it_four_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless another number is given."""
    monkeypatch.setattr(score_options, "find_spec", lambda _name: object())

    assert (score_options.jobs(None), score_options.jobs(7)) == (4, 7)
    assert score_options.parallel(7) == ["-n", "7", "--dist", "worksteal"]


def test_settings_above_the_features_that_ship_do_not_count(tmp_path: Path) -> None:
    """A file of ours takes their place."""
    option, file, rootdir, root = score_options.rooted(shipped(), tmp_path)

    assert (option, rootdir, Path(root)) == ("-c", "--rootdir", shipped().parent)
    assert Path(file).read_text() == "[pytest]\n"


def test_nothing_runs_uncontained_unless_somebody_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the environment, or by the settings file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KUBELAB_CONTAIN", raising=False)
    assert score_options.environment(NOBODY)["KUBELAB_CONTAIN"] == "required"

    (tmp_path / "pytest.ini").write_text("[pytest]\nlab_contain = auto\nlab_files = a b\n")
    assert score_options.environment(NOBODY)["KUBELAB_CONTAIN"] == "auto"

    monkeypatch.setenv("KUBELAB_CONTAIN", "required")
    assert score_options.environment(NOBODY)["KUBELAB_CONTAIN"] == "required"


def test_what_the_command_line_of_the_run_says_does_not_come_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither from the environment, nor from the settings file: nothing would be collected, or the scores would be lost."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nlab_files = mine.feature\nlab_score = score\nlab_solutions = mine\nlab_patience = 3\n")
    for name in ("KUBELAB_FILES", "KUBELAB_PIPES", "KUBELAB_SCORE", "KUBELAB_SOLUTIONS", "PYTEST_ADDOPTS", "KUBELAB_KEEP"):
        monkeypatch.setenv(name, "mine")

    found = score_options.environment(NOBODY)

    assert {name for name in found if found[name] == "mine" and name.startswith(("KUBELAB_", "PYTEST_"))} == {"KUBELAB_KEEP"}
    assert found["KUBELAB_PATIENCE"] == "3"


def test_unset_options_are_not_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a settings file beside the features may set it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KUBELAB_NAME", raising=False)

    assert "KUBELAB_NAME" not in score_options.environment(NOBODY)
    assert score_options.environment(argparse.Namespace(name="small", context=None))["KUBELAB_NAME"] == "small"
