"""Hundreds of broken features in one run of pytest: each is reported in words, and none hides another."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.plugin.conftest import Folder
from tests.unit import broken_files

ONLY_BROKEN = """

def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if getattr(item, "findings", ())]
    log(f"{len(items)} broken")
"""
"""Scenarios that are not broken would need a cluster."""


def texts(count: int) -> list[str]:
    """That many broken features, the same ones each time."""
    found = list[str]()

    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    @given(text=broken_files.features())
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


def test_broken_features_are_told_and_none_is_lost(folder: Folder) -> None:
    """With their evidence and their report, whatever characters a title has."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + ONLY_BROKEN)
    for number, text in enumerate(texts(120)):
        (folder.path / f"{number}.feature").write_text(text, encoding="utf-8", newline="")

    result = folder.run("--lab-evidence", "found", "--junitxml=labs.xml")

    broken = int(folder.log[0].split()[0])
    assert broken > 60
    result.assert_outcomes(errors=broken)
    text = result.stdout.str()
    assert "INTERNALERROR" not in text
    assert "Traceback" not in text
    assert result.ret != pytest.ExitCode.INTERNAL_ERROR
    assert len(list(ET.parse(folder.path / "labs.xml").iter("error"))) == broken  # noqa: S314  (we wrote it)
    assert len([file for file in (folder.path / "found").rglob("*.txt") if file.is_file()]) == broken
