"""How pytest is called to grade."""

import argparse
from pathlib import Path

import pytest

from kubelab.cli import score_options
from kubelab.exercises import shipped

NOBODY = argparse.Namespace(name=None, context=None)


def test_without_xdist_one_runs_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """And more are refused, with the command that brings it."""
    monkeypatch.setattr(score_options, "find_spec", lambda _name: None)

    assert (score_options.jobs(None), score_options.jobs(1), score_options.parallel(1)) == (1, 1, [])
    with pytest.raises(ValueError, match=r"pip install 'kubelab\[parallel\]'"):
        score_options.jobs(2)


def test_with_it_four_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless somebody says otherwise."""
    monkeypatch.setattr(score_options, "find_spec", lambda _name: object())

    assert (score_options.jobs(None), score_options.jobs(7)) == (4, 7)
    assert score_options.parallel(7) == ["-n", "7", "--dist", "worksteal"]


def test_settings_above_the_features_that_ship_do_not_count(tmp_path: Path) -> None:
    """A file of our own is named in their place."""
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


def test_what_nobody_says_is_not_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a settings file beside the features may say it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KUBELAB_NAME", raising=False)

    assert "KUBELAB_NAME" not in score_options.environment(NOBODY)
    assert score_options.environment(argparse.Namespace(name="small", context=None))["KUBELAB_NAME"] == "small"
