"""The card's scenario: it passes on a healthy cluster, and fails without the deletion or when the replacement lands elsewhere."""

import shutil
from pathlib import Path

import pytest

from tests.cluster.changes import ROOT
from tests.cluster.lab_runs import run_lab

DELETED, REPLACED = "When I delete a DaemonSet pod", "Then a replacement appears on the same node"
ELSEWHERE = """\
Feature: The card

  Scenario: A replacement elsewhere
    Given I apply "fluentd.yaml"
    And DaemonSet "fluentd" is rolled out
    When I delete a DaemonSet pod
    And I edit DaemonSet "fluentd":
      \"\"\"yaml
      spec: {template: {spec: {nodeSelector: {kubernetes.io/hostname: kubelab-worker2}}}}
      \"\"\"
    Then a replacement appears on the same node within 12 seconds
"""
"""The DaemonSet is moved to the other node before the replacement, whose readiness takes five seconds, is ready."""
SLOW = """\
      nodeSelector: {kubernetes.io/hostname: kubelab-worker}
      containers:
        - readinessProbe: {tcpSocket: {port: 24220}, initialDelaySeconds: 5, timeoutSeconds: 5}
          name:"""


def card(folder: Path, *sentences: str) -> Path:
    """The card's feature with these sentences, and its manifest."""
    shutil.copy(ROOT / "manifests" / "controllers" / "fluentd.yaml", folder)
    given = ['Given I apply "fluentd.yaml"', 'And DaemonSet "fluentd" is rolled out']
    feature = folder / "card.feature"
    feature.write_text("\n    ".join(["Feature: The card\n\n  Scenario: A deleted Pod comes back", *given, *sentences]) + "\n")
    return feature


@pytest.mark.cluster
def test_the_card_passes(tmp_path: Path) -> None:
    """With exactly these words."""
    done, _ = run_lab(tmp_path, card(tmp_path, DELETED, REPLACED).name)

    assert "1 passed" in done.stdout
    assert done.returncode == 0


@pytest.mark.cluster
def test_without_the_deletion_the_card_fails(tmp_path: Path) -> None:
    """Without a deleted Pod there is no replacement."""
    done, text = run_lab(tmp_path, card(tmp_path, REPLACED).name)

    assert done.returncode == 1
    assert f"card.feature:6  {REPLACED}" in text
    assert "speaks of the deleted pod" in text


@pytest.mark.cluster
def test_a_replacement_on_another_node_fails_the_card(tmp_path: Path) -> None:
    """It is not enough to be ready: it must be ready on the node of the deleted one."""
    manifest = (ROOT / "manifests" / "controllers" / "fluentd.yaml").read_text()
    (tmp_path / "fluentd.yaml").write_text(manifest.replace("      containers:\n        - name:", SLOW))
    (tmp_path / "card.feature").write_text(ELSEWHERE)

    done, text = run_lab(tmp_path, "card.feature")

    assert done.returncode == 1, done.stdout
    assert "card.feature:11  Then a replacement appears on the same node within 12 seconds" in text
    assert "on node kubelab-worker within 12 s" in text
    assert "on kubelab-worker2" in text
