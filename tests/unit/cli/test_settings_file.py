"""The settings file that the command reads is the one that pytest would read."""

from pathlib import Path

import pytest
from _pytest.config.findpaths import CONFIG_LOADERS_BY_NAME

from kubelab.cli.settings_file import SECTIONS, nearest
from kubelab.errors import SetupTrouble


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.toml", '[pytest]\nlab_context = "mine"\n'),
        (".pytest.toml", '[pytest]\nlab_context = "mine"\n'),
        ("pytest.ini", "[pytest]\nlab_context = mine\n"),
        (".pytest.ini", "[pytest]\nlab_context = mine\n"),
        ("pyproject.toml", '[tool.pytest.ini_options]\nlab_context = "mine"\n'),
        ("pyproject.toml", '[tool.pytest]\nlab_context = "mine"\n'),
        ("tox.ini", "[pytest]\nlab_context = mine\n"),
        ("setup.cfg", "[tool:pytest]\nlab_context = mine\n"),
    ],
)
def test_each_of_pytests_files_may_name_the_context(tmp_path: Path, name: str, text: str) -> None:
    """Also from a subfolder."""
    (tmp_path / name).write_text(text)
    (tmp_path / "labs").mkdir()

    assert nearest(tmp_path / "labs") == (tmp_path / name, {"lab_context": "mine"})


@pytest.mark.parametrize("name", ["pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini"])
def test_files_without_a_pytest_section_are_passed_over(tmp_path: Path, name: str) -> None:
    """pytest.ini is not skipped: it marks pytest's root folder."""
    (tmp_path / name).write_text("")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n')
    (inner / "tox.ini").write_text("[tox]\n")
    (inner / "setup.cfg").write_text("[metadata]\n")

    assert nearest(inner) == (tmp_path / name, {})


def test_the_files_are_read_in_pytests_order() -> None:
    """The order and the names in which pytest looks for them."""
    assert list(SECTIONS) == list(CONFIG_LOADERS_BY_NAME)


def test_the_command_reads_what_pytest_reads(tmp_path: Path) -> None:
    """A TOML number, and keys of pyproject.toml's native table."""
    (tmp_path / "pyproject.toml").write_text('[tool.pytest]\nlab_workers = 3\nlab_name = "größe"\n', encoding="utf-8")

    assert nearest(tmp_path)[1] == {"lab_workers": 3, "lab_name": "größe"}


@pytest.mark.parametrize(("name", "text"), [("pytest.toml", "[tool\n"), ("pytest.ini", "lab_context\n"), ("tox.ini", b"\xff\xfe")])
def test_a_file_that_cannot_be_read_is_trouble(tmp_path: Path, name: str, text: str | bytes) -> None:
    """It might name another cluster."""
    (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)

    with pytest.raises(SetupTrouble, match=str(tmp_path / name)):
        nearest(tmp_path)
