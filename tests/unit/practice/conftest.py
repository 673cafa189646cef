"""Exercises in a folder of the test's own, instead of the built-in ones."""

from pathlib import Path

import pytest

from kubelab import exercises
from kubelab.exercises import Exercise

RS_LAB = """\
@exercise @file:rs-lab.yaml @file:rs-lab.sh @kind:ReplicaSet
Feature: Exercise: two Pods, then one
  Write rs-lab.yaml: a ReplicaSet named rs-mainui, without the annotation ssl-redirect. See known.yaml.
  Then let rs-lab.sh leave one.

  Background:
    Given I apply "given.yaml"
    And I apply "rs-lab.yaml"

  @points:2
  Scenario: It is there
    Then ReplicaSet "rs-mainui" wants 2 pods

  Scenario: Scaled in
    Hint: kubectl scale

    When I run "kubectl get -f given.yaml"
    Then ReplicaSet "rs-mainui" wants 1 pod
"""
OTHER = """\
@exercise @live @file:page.yaml @kind:Ingress @kind:Service
Feature: Exercise: a page
  Write page.yaml.

  Scenario: It is shown
    Then no Pod was created
"""
GIVEN = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: given}\n"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the features, with three exercises and a feature that is not an exercise."""
    home = tmp_path / "labs" / "features"
    texts = {"controllers/rs_lab": RS_LAB, "ingress/page": OTHER, "services/page": OTHER, "pods/plain": "Feature: No exercise\n"}
    for name, text in texts.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / f"{name}.feature").write_text(text)
    manifests = home.parent / "manifests" / "controllers"
    manifests.mkdir(parents=True)
    for file in ("given.yaml", "known.yaml", "rs-lab.yaml", "rs-mainui.yaml", "ssl-redirect.yaml"):
        (manifests / file).write_text(GIVEN)
    monkeypatch.setattr("kubelab.exercises.shipped", lambda: home)
    return home


@pytest.fixture
def exercise(shipped: Path) -> Exercise:
    """The exercise controllers/rs_lab, with three points for two objectives."""
    found = exercises.read(shipped / "controllers" / "rs_lab.feature")
    assert found is not None
    return found


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A student's folder, with nothing in it."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder
