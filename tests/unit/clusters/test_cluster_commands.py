"""The commands about the cluster, as they are typed, on a machine whose docker, kind and kubectl are played."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kubelab import cli
from kubelab.clusters import nodeimage
from tests.unit.clusters.conftest import IMAGE, Machine

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a folder without settings: its exit code, its output and its errors."""
    monkeypatch.chdir(machine.folder)

    def typed(*words: str) -> tuple[int, str, str]:
        code = cli.main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def test_up_status_down(run: Run, machine: Machine) -> None:
    """A day's work."""
    assert run("status") == (1, "", 'Cluster "kubelab" is not running, or is broken.\nMake or repair it: kubelab up --name kubelab\n')

    code, out, err = run("up", "--image", IMAGE, "--workers", "1", "--quiet")
    assert code == 0
    assert out.startswith('Cluster "kubelab" is up: Kubernetes v1.36.3 on docker 28.2.2 (a Docker daemon answers); ')
    assert "✓ creating cluster" in err

    config = machine.folder / "state" / "kubelab" / "kubelab" / "kubeconfig"
    assert run("status", "--kubeconfig") == (0, f"{config}\n", "")
    code, out, _ = run("status")
    assert out.splitlines()[0] == "cluster     kubelab (kind), Kubernetes v1.36.3"
    assert "images      nginx:1.14 runs nginx:1.18, " in out

    assert run("down", "--quiet")[:2] == (0, 'Cluster "kubelab" is down.\n')
    assert machine.known["nodes"] == {}


def test_status_of_a_context(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its abilities for labs; an unknown context is trouble, not just a cluster that does not run."""
    monkeypatch.setattr("kubelab.abilities.summary", lambda *_: [("rights", "all that labs use")])
    code, out, _ = run("status", "--context", "mine")
    assert (code, out.splitlines()[1]) == (0, "because     --context names this context")
    assert "rights      all that labs use" in out

    code, _, err = run("status", "--context", "nowhere")
    assert code == 3
    assert 'no context "nowhere"' in err


def test_doctor_ends_with_1_when_something_is_in_the_way(run: Run, machine: Machine) -> None:
    """And with 0 if there are no findings."""
    assert run("doctor", "--workers", "0")[0] == 0

    machine.know(fails={"info": "Cannot connect to the Docker daemon"})
    code, out, _ = run("doctor", "--workers", "0")
    assert code == 1
    assert "\n✗ engine   No container engine answers" in out


def test_an_image_is_saved_and_loaded(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a fake maker of images; the text says what to do on the other machine."""
    called: list[tuple[object, ...]] = []
    monkeypatch.setattr(nodeimage, "save", lambda file, _, version: called.append((file, version)))
    monkeypatch.setattr(nodeimage, "load", lambda *_: "1.35.4")

    assert run("image", "save", "a.tar", "--kubernetes", "v1.35.4")[1] == "Saved to a.tar. On another machine: kubelab image load a.tar\n"
    assert called == [(Path("a.tar"), "1.35.4")]
    assert "kubelab up --kubernetes 1.35.4" in run("image", "load", "a.tar")[1]


def test_ctrl_c_is_told_and_has_a_code_of_its_own(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As shells expect."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(nodeimage, "load", interrupted)

    code, _, err = run("image", "load", "a.tar")
    assert (code, err) == (130, "interrupted; nothing half-made is left behind\n")


def test_the_version_is_told(run: Run) -> None:
    """That of the program."""
    assert run("--version")[1].startswith("kubelab ")
