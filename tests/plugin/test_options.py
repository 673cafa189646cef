"""Settings: the command line before the environment before the file; an invalid one is refused before anything runs."""

import pytest

from tests.plugin.conftest import Folder


def header(result: pytest.RunResult) -> str:
    """The header's line about the cluster."""
    return next(line for line in result.outlines if line.startswith("kubelab:"))


def test_the_header_says_which_cluster_and_why(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the source of the choice; the stronger one wins."""
    assert header(folder.run()) == 'kubelab: kind cluster "kubelab" (no context is named)'

    folder.pytester.makeini("[pytest]\nlab_context = from-file")
    assert header(folder.run()).startswith('kubelab: the cluster of context "from-file" (')

    monkeypatch.setenv("KUBELAB_CONTEXT", "from-environment")
    assert header(folder.run()) == 'kubelab: the cluster of context "from-environment" (KUBELAB_CONTEXT)'
    assert header(folder.run("--lab-context", "named")) == 'kubelab: the cluster of context "named" (--lab-context)'


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--lab-keep", "some"], '--lab-keep says "some"; it takes failed, all or none: --lab-keep failed'),
        (["--lab-patience", "0"], '--lab-patience says "0"; it takes a number from 0.001 to 1000: --lab-patience 2.0'),
        (["--lab-patience", "long"], '--lab-patience says "long"; it takes a number from 0.001 to 1000: --lab-patience 2.0'),
        (["--lab-patience", "1e308"], '--lab-patience says "1e308"; it takes a number from 0.001 to 1000: --lab-patience 2.0'),
        (["--lab-patience", "nan"], '--lab-patience says "nan"; it takes a number from 0.001 to 1000: --lab-patience 2.0'),
        (["--lab-allow", "root"], '--lab-allow says "root"; it takes privileged or baseline: --lab-allow baseline'),
        (["--lab-contain", "no"], '--lab-contain says "no"; it takes auto or required: --lab-contain required'),
        (["--lab-manifest-limit", "-1"], '--lab-manifest-limit says "-1"; it takes a number from 0.001 to 1000: --lab-manifest-limit 10'),
    ],
)
def test_an_invalid_setting_is_refused(folder: Folder, words: list[str], says: str) -> None:
    """A usage error, before anything runs."""
    folder.feature("\n  Scenario: S\n    Given a thing\n")

    result = folder.run(*words)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{says}"])
    assert folder.log == []


LABS = "\n  Scenario: S\n    Given a thing\n"
FINDINGS = "\n  Scenario: S\n    Given a thong\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [(LABS, []), (LABS, ["-n", "1"]), (FINDINGS, []), (FINDINGS, ["--setup-plan"])],
    ids=["serial", "parallel", "findings", "plan"],
)
def test_a_bad_setting_ends_every_run_of_labs_in_the_same_way(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, text: str, words: list[str]
) -> None:
    """In words, and with the exit code of a usage error."""
    monkeypatch.setenv("KUBELAB_WORKERS", "many")
    folder.feature(text)

    result = folder.run(*words)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(['ERROR: "many" is not a number of workers.'])
    assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()
    assert folder.log == []


SETTINGS = {
    "a word": ("pytest.toml", '[pytest]\nlab_keep = "some"'),
    "a switch": ("pytest.toml", "[pytest]\nlab_keep = true"),
    "a number": ("pytest.toml", "[pytest]\nlab_patience = 0"),
    "a table": ("pytest.toml", "[pytest]\nlab_context = {}"),
    "a list": ("pyproject.toml", '[tool.pytest]\nlab_keep = ["failed"]'),
    "images": ("setup.cfg", "[tool:pytest]\nlab_images = none.yaml"),
}
"""Invalid settings of a settings file."""


@pytest.mark.parametrize(("name", "text"), SETTINGS.values(), ids=SETTINGS)
def test_a_bad_setting_of_a_file_is_a_usage_error_of_labs_alone(folder: Folder, name: str, text: str) -> None:
    """Whatever its type; other tests run, and labs can be collected."""
    (folder.path / "tox.ini").unlink()
    (folder.path / name).write_text(f"{text}\n")
    (folder.path / "test_plain.py").write_text("def test_plain(): pass\n")

    folder.run().assert_outcomes(passed=1)
    folder.feature(LABS)
    assert folder.run("--collect-only").ret == pytest.ExitCode.OK
    result = folder.run()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()
    assert folder.log == []


@pytest.mark.parametrize("lines", ["lab_workers = 0\nlab_patience = 2.0\nlab_manifest_limit = 5", 'lab_workers = "0"'])
def test_numbers_of_a_toml_file_are_numbers(folder: Folder, lines: str) -> None:
    """As TOML numbers, or as text."""
    (folder.path / "pytest.toml").write_text(f"[pytest]\n{lines}\n")
    folder.feature(LABS)

    folder.run().assert_outcomes(passed=1)


def test_a_bad_setting_ends_a_run_of_python_tests_that_ask_for_a_cluster(folder: Folder) -> None:
    """Before any of them runs; a test that asks while it runs is an error with the same text."""
    (folder.path / "test_python.py").write_text("def test_cluster(cluster): pass\n")

    result = folder.run("--lab-keep", "some")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (folder.path / "test_python.py").write_text("def test_cluster(request): request.getfixturevalue('cluster')\n")
    result = folder.run("--lab-keep", "some")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(['*--lab-keep says "some"; it takes failed, all or none: --lab-keep failed'])


def test_the_help_lists_the_options(folder: Folder) -> None:
    """With their environment variables."""
    text = folder.run("--help").stdout.str()

    for word in (
        "--lab-context=NAME",
        "--lab-keep=WHICH",
        "--lab-patience=FACTOR",
        "--lab-evidence=DIR",
        "--lab-manifest-limit=SIZE",
        "--lab-allow=LEVEL",
        "--lab-contain=HOW",
        "KUBELAB_CONTEXT",
    ):
        assert word in text
