"""What runs on which operating system, in words."""

import os
from pathlib import Path

import pytest

from kubelab.clusters import system
from kubelab.errors import SetupTrouble


@pytest.mark.parametrize(
    ("platform", "release", "says"),
    [
        ("linux", "6.1.0-18-amd64", "Linux: everything runs"),
        ("linux", "5.15.153.1-microsoft-standard-WSL2", "Linux in WSL: everything runs"),
        ("win32", "", "Windows: feature files are checked here (pytest --collect-only), but labs run only in WSL"),
        ("freebsd14", "", "freebsd14: not tested"),
    ],
)
def test_a_system_is_told_with_what_runs_there(tmp_path: Path, platform: str, release: str, says: str) -> None:
    """WSL's kernel names itself."""
    (tmp_path / "osrelease").write_text(release)

    assert system.told(platform, tmp_path / "osrelease") == says


def test_only_windows_is_refused() -> None:
    """With the alternative."""
    system.refuse("linux")
    system.refuse("darwin")
    with pytest.raises(SetupTrouble, match="wsl --install"):
        system.refuse("win32")


def test_nobody_is_root_where_there_are_no_users_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.delattr(os, "geteuid")

    assert not system.root()
