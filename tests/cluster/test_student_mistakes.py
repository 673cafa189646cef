"""Typical mistakes of students: each gets one clear text that names place and remedy, without anything of Python, JSON or Go."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

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
    "no such manifest": (FEATURE.replace("web.yaml", "wbe.yaml"), POD, FAILED, "did you mean web.yaml?"),
    "a misspelt sentence": (FEATURE.replace("is ready", "is redy"), POD, UNJUDGED, 'Then Pod "web" is ready'),
    "a misspelt keyword": (FEATURE.replace("    Then", "    Thne"), POD, UNJUDGED, "mine.feature:5"),
}

REFUSED = yaml.safe_load(Path(__file__).with_name("refused.yaml").read_text())
UNREADABLE = re.compile(r"valueUnstructured|map\[|interface \{|\{'|\bFalse\b|\bNone\b|Traceback|\.py:|Go struct")
"""Python, and values as Go prints them."""


@pytest.mark.cluster
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told(mistake: str, tmp_path: Path) -> None:
    """With its place and how to fix it, without a traceback."""
    feature, manifest, code, told = MISTAKES[mistake]
    (tmp_path / "mine.feature").write_text(feature)
    (tmp_path / "web.yaml").write_text(manifest)

    done, _ = run_lab(tmp_path, "mine.feature")

    assert done.returncode == code, done.stdout
    assert told in done.stdout
    assert not UNREADABLE.search(done.stdout)


def manifest(mistake: Mapping[str, Any]) -> str:
    """The manifest with the mistake; if there is a second change, as it is before and after that."""
    text: str = REFUSED["manifests"][mistake["of"]]
    texts = [changed(text, mistake["change"])]
    return "---\n".join([*texts, changed(texts[0], mistake["then"])] if "then" in mistake else texts)


def changed(text: str, changes: Mapping[str, str]) -> str:
    """The text with each of these replaced; all of them must be in it."""
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The results of the scenarios with refused manifests, by title: one run for all."""
    folder = tmp_path_factory.mktemp("refused")
    steps = [f'  Scenario: {one["title"]}\n    When I apply "{number}.yaml"\n' for number, one in enumerate(REFUSED["mistakes"])]
    (folder / "mine.feature").write_text("\n".join(["Feature: Mine\n", *steps]))
    for number, one in enumerate(REFUSED["mistakes"]):
        (folder / f"{number}.yaml").write_text(manifest(one))
    return failures_of(folder)


def failures_of(folder: Path) -> Mapping[str, str]:
    """The texts of the failed scenarios of the feature in a folder, by title."""
    run_lab(folder, "mine.feature")
    cases = ET.parse(folder / "junit.xml").iter("testcase")  # noqa: S314  (our own file)
    return {case.attrib["name"]: failure.text or "" for case in cases if (failure := case.find("failure")) is not None}


@pytest.mark.cluster
@pytest.mark.parametrize("mistake", REFUSED["mistakes"], ids=lambda one: str(one["title"]))
def test_a_refusal_is_told(mistake: Mapping[str, Any], refusals: Mapping[str, str]) -> None:
    """With file, line and field, and what to write instead."""
    [told] = [text for name, text in refusals.items() if mistake["title"] in name]

    assert mistake["told"] in told
    assert not UNREADABLE.search(told)


TEXTS = """\
Feature: Mine

  Scenario: A Secret by its plain text
    Given I apply "web.yaml"
    Then Secret "web" matches:
      \"\"\"yaml
      stringData: {user: admin}
      \"\"\"
    And Secret "web" is as declared

  Scenario: Another plain text
    Given I apply "web.yaml"
    Then Secret "web" matches:
      \"\"\"yaml
      stringData: {user: root}
      \"\"\"

  Scenario: An edit with a misspelt field
    Given I apply "web.yaml"
    When I edit Secret "web":
      \"\"\"yaml
      imutable: true
      \"\"\"
"""


@pytest.mark.cluster
def test_a_secret_is_compared_decoded(tmp_path: Path) -> None:
    """An edit is refused with the lines of its text."""
    (tmp_path / "mine.feature").write_text(TEXTS)
    (tmp_path / "web.yaml").write_text("apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {user: admin, note: ''}\n")

    told = failures_of(tmp_path)

    assert len(told) == 2
    [plain, edit] = [next(text for name, text in told.items() if title in name) for title in ("Another plain text", "An edit")]
    assert "stringData.user: wanted root, found admin" in plain
    assert 'the text under the sentence:1: Secret "web": imutable is not a field of this kind. Did you mean immutable?' in edit
