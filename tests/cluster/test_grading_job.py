"""deploy/ as its page describes it: the Job grades a class within the cluster, and the grades equal those of a single machine."""

import json
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kubelab.clusters.kind import KindProvider
from kubelab.clusters.process import run
from kubelab.clusters.provider import Cluster
from kubelab.clusters.settings import Settings
from kubelab.policy import OWN
from tests.cluster.changes import ROOT, Change, changes
from tests.cluster.grader_image import GraderImage, said
from tests.cluster.hand_ins import graded, grades, hand_in
from tests.cluster.weather import COMMAND, until

pytestmark = [pytest.mark.cluster, pytest.mark.nightly]

PAGE = (ROOT / "deploy" / "README.md").read_text()
JOB = (ROOT / "deploy" / "job.yaml").read_text()
PUBLISHED = "registry.school.example/kubelab:0.1.0"
"""The image as the page and the Job name it."""
LIMIT = 1800.0
"""Seconds for the Job: on a small machine its Pods fit only one after another."""
RIGHT, WRONG = 4, 8
LOGS = "tail -n 60 /class/grades/*/pytest.log"
EVIDENCE = (
    ("get", "all,pvc,events", "--output", "wide"),
    ("describe", "jobs,pods"),
    ("logs", "--selector", "batch.kubernetes.io/job-name=grade", "--prefix", "--ignore-errors", "--tail", "60"),
    ("exec", "files", "--", "sh", "-c", LOGS),
)
"""The kubectl commands that are run if a step fails."""


@dataclass(frozen=True)
class Desk:
    """A folder in which somebody follows the page: with deploy/, the submissions, and the programs of this cluster."""

    folder: Path
    cluster: Cluster

    def prepare(self, image: str) -> None:
        """Write the image's name into the Job, and on nodes of our own image that the exercises run its images."""
        [line] = re.findall(r"^ +- \{name: KUBELAB_IMAGES, .*\n", PAGE, re.MULTILINE)
        added = line.replace("/class/school.yaml", OWN) if self.cluster.images == OWN else ""
        assert JOB.count(PUBLISHED) == 2
        assert JOB.count(" env:\n") == 1
        self._write("deploy/job.yaml", JOB.replace(PUBLISHED, image).replace(" env:\n", f" env:\n{added}"))
        for name, words in (("kubelab", COMMAND), ("kubectl", [str(self.cluster.kubectl)])):
            self._write(f"bin/{name}", f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')

    def follow(self) -> None:
        """Run what the page says under "Grade", line by line; if a line fails, also report the state of the cluster."""
        [block] = re.findall(r"^## Grade\n.*?```console\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
        try:
            for line in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
                if "condition=Complete" in line:
                    until(self._ended, LIMIT)
                    assert "Complete" in self._ended()
                self.type(line)
        except AssertionError as error:
            error.add_note(self._evidence())
            raise

    def type(self, line: str) -> str:
        """The output of a line typed into a shell here."""
        return said("bash", "-c", line, timeout=600, env=self._environment, cwd=self.folder)

    def clear(self) -> None:
        """Clean up as the page says; Pods that still run remove their namespaces while their account exists."""
        lines = re.findall(r"`(kubectl delete \w+ kubelab-grading)`", PAGE)
        assert len(lines) == 2
        for line in ("kubectl -n kubelab-grading delete job grade --cascade=foreground", *lines):
            self.type(f"{line} --ignore-not-found")

    @property
    def _environment(self) -> Mapping[str, str]:
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "KUBECONFIG": str(self.cluster.kubeconfig)}

    def _write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)

    def _ended(self) -> set[str]:
        """The conditions with which the Job has ended, after at most 20 s: none while it runs."""
        run(["kubectl", "-n", "kubelab-grading", "wait", "--for=condition=Complete", "job/grade", "--timeout=20s"], 60, self._environment)
        job = json.loads(self.type("kubectl -n kubelab-grading get job grade -o json"))
        said_true = {one["type"] for one in job["status"].get("conditions", []) if one["status"] == "True"}
        return said_true & {"Complete", "Failed"}

    def _evidence(self) -> str:
        found = [(words, run(["kubectl", "-n", "kubelab-grading", *words], 60, self._environment)) for words in EVIDENCE]
        return "\n".join(f"$ kubectl {shlex.join(words)}\n{output.out}{output.err}" for words, output in found)


def twelve(folder: Path) -> None:
    """Write a class with our solution of rs_lab, its variants, and wrong ones of every kind."""
    variants, wrong = ([one for one in changes(kind) if one.lab == "rs_lab"] for kind in ("variants", "wrong"))
    right: list[Change | None] = [None, *variants]
    students = {f"right-{at}": one for at, one in enumerate(right[:RIGHT])}
    students |= {f"wrong-{at}": one for at, one in enumerate(wrong[::2][:WRONG])}
    assert len(students) == RIGHT + WRONG
    for student, change in students.items():
        hand_in(folder / student, "controllers", "rs_lab", change)


def comparable(folder: Path) -> Any:
    """The results without what differs from run to run."""
    document = json.loads((folder / "results.json").read_text())
    for objective in (one for grade in document["grades"] for one in grade["objectives"]):
        del objective["seen"]
    return document


@pytest.fixture
def cluster() -> Cluster:
    """The kind cluster "kubelab"."""
    found = KindProvider(Settings()).find()
    assert found is not None
    return found


@pytest.fixture
def desk(tmp_path: Path, cluster: Cluster) -> Iterator[Desk]:
    """A folder with everything that the page asks for; nothing of it is left in the cluster."""
    made = Desk(tmp_path, cluster)
    (tmp_path / "image").mkdir()
    with GraderImage.of(Settings(), tmp_path / "image").on_nodes() as image:
        made.prepare(image)
        made.clear()
        try:
            yield made
        finally:
            made.clear()


def test_three_pods_grade_a_class_as_one_machine_does(desk: Desk) -> None:
    """Each grades its third, and together they give the same results."""
    twelve(desk.folder / "submissions")
    here = graded(desk.folder / "submissions", desk.folder / "here", "--exercise", "rs_lab")
    assert here.returncode == 0, here.stdout + here.stderr

    desk.follow()

    assert [len(grades(desk.folder / "grades" / index)) for index in "012"] == [4, 4, 4]
    full = {grade["student"]: grade["points"] == grade["of"] for grade in grades(desk.folder / "week3")}
    assert full == {student: student.startswith("right") for student in full}
    assert len(full) == RIGHT + WRONG
    assert comparable(desk.folder / "week3") == comparable(desk.folder / "here")
