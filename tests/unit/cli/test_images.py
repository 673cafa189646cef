"""`kubelab images`: what runs for what, as a table."""

from pathlib import Path

import pytest

from kubelab import cli
from kubelab.clusters import cluster_folder
from kubelab.clusters.cluster_folder import KnownCluster
from kubelab.clusters.settings import state_folder
from kubelab.policy import OWN, PUBLIC, shipped


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without settings, and no cluster."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def made(*, own: bool) -> None:
    """A kind cluster was made, of our own node image or of another."""
    cluster_folder.write(
        state_folder() / "kubelab", KnownCluster(cluster_folder.READY, "1.36.3", 2, "podman", "x", own, "kind", "kubectl", "because")
    )


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The output of the command."""
    assert cli.main(["images", *words]) == 0
    return capsys.readouterr().out


def test_without_a_cluster_both_sides_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Every name of a lab, what runs, and why."""
    own, _, public = shown(capsys).partition("On every other cluster")

    for side, text in ((OWN, own), (PUBLIC, public)):
        rows = [line.split("  ") for line in text.splitlines()]
        for one in shipped(side).values():
            assert [one.lab, one.runs, one.because] in [[cell.strip() for cell in row if cell] for row in rows]


@pytest.mark.parametrize(
    ("own", "words", "head"),
    [
        (True, [], "On nodes of our own image"),
        (False, [], "On every other cluster"),
        (True, ["--context", "mine"], "On every other cluster"),
        (False, ["--side", "own"], "On nodes of our own image"),
        (False, ["--context", "mine", "--lab-images", "own"], "On nodes of our own image"),
        (False, ["--lab-images", "own"], "On nodes of our own image"),
    ],
)
def test_only_the_side_of_the_cluster_that_is_used_is_shown(
    capsys: pytest.CaptureFixture[str], *, own: bool, words: list[str], head: str
) -> None:
    """Unless another one is requested."""
    made(own=own)

    text = shown(capsys, *words)

    assert text.startswith(head)
    assert text.count("A LAB NAMES") == 1


def test_a_file_of_ones_own_is_counted_in(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """As pytest would use it; it may also switch the policy off."""
    (tmp_path / "ours.yaml").write_text("mirror: a.example\n")

    text = shown(capsys, "--side", "public", "--lab-images", "ours.yaml")

    assert f"On every other cluster, with {tmp_path}/ours.yaml:" in text
    assert "  a.example/library/nginx:1.14.2  " in text
    assert "each image as the lab names it" in shown(capsys, "--side", "public", "--lab-images", "none")


def test_a_broken_file_is_trouble(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With its line."""
    (tmp_path / "ours.yaml").write_text("miror: a.example\n")

    assert cli.main(["images", "--lab-images", "ours.yaml"]) == 3
    assert f'{tmp_path}/ours.yaml:1: "miror" is not known here' in capsys.readouterr().err
