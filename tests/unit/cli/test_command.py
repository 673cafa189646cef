"""The command line itself: help, mistyped words, exit codes, and a quick start."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kubelab import cli

VERBS = ("up", "down", "status", "logs", "doctor", "image", "images", "exercises", "start", "check", "report", "grade", "history")
HEAVY = {"kubernetes", "pytest", "pytest_bdd", "rich", "yaml", "tenacity", "filelock", "jinja2", "gherkin", "watchfiles"}


def modules_after(*words: str) -> set[str]:
    """The modules that are loaded after a Python of its own has run the command with these words."""
    code = (
        "import json, sys\nfrom kubelab.cli import main\n"
        f"try: main({list(words)!r})\nexcept SystemExit: pass\nprint(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("words", [["--help"], *([verb, "--help"] for verb in VERBS)])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    """It must appear within a fifth of a second."""
    assert not modules_after(*words) & HEAVY


def test_help_names_every_verb_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    """The first page of the manual."""
    assert cli.main(["--help"]) == 0

    text = capsys.readouterr().out
    assert all(f"  {verb} " in text for verb in cli.VERBS)
    assert "Exit codes: 0 done · 1" in text


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_says_what_it_does(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And exits with 0."""
    with pytest.raises(SystemExit) as end:
        cli.main([verb, "--help"])

    assert end.value.code == 0
    assert f"usage: kubelab {verb}" in capsys.readouterr().out


def test_a_mistyped_verb_gets_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    """And exit code 2."""
    assert cli.main(["stauts"]) == 2
    assert 'kubelab has no verb "stauts". Did you mean "status"?' in capsys.readouterr().err


def test_trouble_is_text_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    """And exit code 3."""
    assert cli.main(["up", "--workers", "many"]) == 3
    assert capsys.readouterr().err.startswith('"many" is not a number of workers.')


def test_making_refuses_a_context_that_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kubelab down` must not guess in a folder whose settings name another cluster."""
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\nlab_context = "theirs"\n')
    monkeypatch.chdir(tmp_path)

    assert cli.main(["down"]) == 3
    assert 'names the context "theirs"' in capsys.readouterr().err


def test_a_settings_file_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what is wrong in it."""
    (tmp_path / "pyproject.toml").write_text("[tool\n")
    monkeypatch.chdir(tmp_path)

    assert cli.main(["status"]) == 3
    assert str(tmp_path / "pyproject.toml") in capsys.readouterr().err


def test_logs_are_written_where_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is created, and named at the end."""

    class Kept:
        def collect_logs(self, folder: Path) -> None:
            (folder / "kubelet.log").write_text("so it was")

    monkeypatch.setattr("kubelab.clusters.provider", lambda _settings: Kept())

    assert cli.main(["logs", str(tmp_path / "reports" / "nodes")]) == 0
    assert (tmp_path / "reports" / "nodes" / "kubelet.log").read_text() == "so it was"
    assert capsys.readouterr().out == f"written to {tmp_path}/reports/nodes\n"
