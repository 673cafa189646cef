"""Settings: the command line before the environment before the file; what cannot be meant is refused before anything runs."""

import pytest

from tests.plugin.conftest import Folder


def header(result: pytest.RunResult) -> str:
    """The header's line about the cluster."""
    return next(line for line in result.outlines if line.startswith("kubelab:"))


def test_the_header_says_which_cluster_and_why(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each source is named, and the stronger one wins."""
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
def test_what_cannot_be_meant_is_refused(folder: Folder, words: list[str], says: str) -> None:
    """A usage error, before anything runs."""
    result = folder.run_apart(*words)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*{says}"])


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
