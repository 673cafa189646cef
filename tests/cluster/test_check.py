"""`kubelab check` on the real cluster, as a student uses it: right, wrong, and after every save."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kubelab.client import Client
from kubelab.clusters.settings import Settings
from kubelab.practice.loop import INVITATION
from tests.cluster.changes import ROOT
from tests.cluster.runs import FROM_A_TERMINAL
from tests.cluster.weather import COMMAND, kubelab
from tests.plugin.test_pages import SOLVED, STUDENTS, lay_out

SOLUTION = ROOT / "manifests" / "controllers" / "solutions" / "rs_lab"


@pytest.fixture
def client() -> Client:
    """A client of the kind cluster, which is running."""
    return Client(Settings().kubeconfig, "kind-kubelab")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder made by `kubelab start`, with our own solution in it."""
    folder = tmp_path / "rs_lab"
    done = kubelab("start", "rs_lab", str(folder), env=os.environ)
    assert done.returncode == 0, done.stderr
    for file in ("rs-lab.yaml", "rs-lab.sh"):
        assert (folder / file).read_text() == ""
        shutil.copy(SOLUTION / file, folder)
    return folder


def change(folder: Path, old: str, new: str) -> None:
    """Replace a text that occurs once in the manifest, and save it."""
    text = (folder / "rs-lab.yaml").read_text()
    assert text.count(old) == 1
    (folder / "rs-lab.yaml").write_text(text.replace(old, new))


def of_rs_lab(client: Client) -> set[str]:
    """The namespaces of this exercise that exist and are not being deleted, without those of classes that are graded."""
    found = client.list("Namespace", labels="app.kubernetes.io/managed-by=kubelab,!kubelab/submission")
    alive = [one["metadata"] for one in found if "deletionTimestamp" not in one["metadata"]]
    return {metadata["name"] for metadata in alive if metadata["name"].startswith("lab-rs-lab-")}


@pytest.mark.cluster
def test_a_right_solution_gets_all_points(work: Path) -> None:
    """The exercise then counts as done in this folder."""
    done = kubelab("check", str(work), env=os.environ)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗" not in done.stdout
    listed = subprocess.run([*COMMAND, "exercises", "controllers"], cwd=work, capture_output=True, text=True, check=True).stdout
    [row] = [line for line in listed.splitlines() if "/rs_lab " in line]
    assert " done " in row


@pytest.mark.cluster
def test_the_page_for_students_leads_to_all_points(tmp_path: Path) -> None:
    """With the manifest and the commands that the page shows."""
    lay_out(STUDENTS, tmp_path)
    started = kubelab("start", SOLVED, str(tmp_path / SOLVED), env=os.environ)

    done = kubelab("check", str(tmp_path / SOLVED), env=os.environ)

    assert "was there, and is as it was" in started.stdout
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.cluster
def test_a_wrong_solution_is_told_with_its_cause(work: Path) -> None:
    """Exit code 1, with the objective, the sentence, and what was seen."""
    change(work, "replicas: 2", "replicas: 3")

    done = kubelab("check", str(work), env=os.environ)

    assert done.returncode == 1, done.stdout + done.stderr
    assert 'Then ReplicaSet "rs-mainui" wants 2 pods' in done.stdout
    assert "  expected   " in done.stdout


@pytest.mark.cluster
def test_an_unknown_field_is_told_before_anything_is_applied(work: Path) -> None:
    """By the API server's own schema."""
    change(work, "replicas: 2", "replica: 2")

    done = kubelab("check", str(work), env=os.environ)

    assert done.returncode == 1
    assert "spec.replica is not a field of this kind. Did you mean replicas?" in done.stdout
    assert "Nothing was applied." in done.stdout


@contextmanager
def watching(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """A check that has started to watch the files."""
    words = [*FROM_A_TERMINAL, *COMMAND, "check", str(folder), "--watch"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def until(process: "subprocess.Popen[str]", text: str) -> list[str]:
    """The lines up to the first one with the text."""
    lines = list[str]()
    for line in process.stdout or ():
        lines.append(line)
        if text in line:
            return lines
    raise AssertionError("".join(lines))


@pytest.mark.cluster
def test_each_save_gets_its_verdict_and_ctrl_c_leaves_nothing(work: Path, client: Client) -> None:
    """First wrong, then right; the run that is prepared for the next save is ended, too."""
    before = of_rs_lab(client)
    change(work, "replicas: 2", "replicas: 3")

    with watching(work) as process:
        wrong = until(process, " of 3 points")
        until(process, INVITATION)
        waiting = of_rs_lab(client) - before
        change(work, "replicas: 3", "replicas: 2")
        right = until(process, " of 3 points")
        until(process, INVITATION)
        process.send_signal(signal.SIGINT)
        code = process.wait(60)

    assert any(line.startswith("✗") for line in wrong)
    assert any(line.startswith("rs-lab.yaml was saved.") for line in right)
    assert not any(line.startswith("✗") for line in right)
    assert len(waiting) == 1
    assert code == 0
    assert of_rs_lab(client) == before
