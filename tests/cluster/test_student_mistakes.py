"""What students get wrong, each told in one clear text that names place and mend; nothing of Python is shown."""

from pathlib import Path

import pytest

from tests.cluster.lab_runs import run_lab

FEATURE = """\
Feature: Mine

  Scenario: It runs
    When I apply "web.yaml"
    Then Pod "web" is ready
"""
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: "nginx:1.14"}]}
"""
FAILED, UNJUDGED = 1, 6
"""Exit codes: something failed; nothing failed but something could not be judged."""

MISTAKES = {
    "broken YAML": (FEATURE, POD.replace("{name: web}", "{name: web", 1), FAILED, "web.yaml:"),
    "an unknown kind": (FEATURE, POD.replace("kind: Pod", "kind: Pood"), FAILED, "Pood"),
    "a misspelt field": (FEATURE, POD.replace("image:", "imgae:"), FAILED, "imgae"),
    "another namespace": (FEATURE, POD.replace("{name: web}", "{name: web, namespace: default}", 1), FAILED, "Remove metadata.namespace"),
    "a cluster-wide object": (FEATURE, "apiVersion: v1\nkind: Namespace\nmetadata: {name: mine}\n", FAILED, "belongs to the whole cluster"),
    "no such manifest": (FEATURE.replace("web.yaml", "wbe.yaml"), POD, FAILED, "wbe.yaml"),
    "a misspelt sentence": (FEATURE.replace("is ready", "is redy"), POD, UNJUDGED, 'Then Pod "web" is ready'),
    "a misspelt keyword": (FEATURE.replace("    Then", "    Thne"), POD, UNJUDGED, "mine.feature:5"),
}


@pytest.mark.cluster
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told(mistake: str, tmp_path: Path) -> None:
    """Where it is and what mends it, without a traceback."""
    feature, manifest, code, told = MISTAKES[mistake]
    (tmp_path / "mine.feature").write_text(feature)
    (tmp_path / "web.yaml").write_text(manifest)

    done, _ = run_lab(tmp_path, "mine.feature")

    assert done.returncode == code, done.stdout
    assert told in done.stdout
    assert "Traceback" not in done.stdout
    assert ".py:" not in done.stdout
