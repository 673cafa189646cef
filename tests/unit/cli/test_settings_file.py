"""The settings file that the command reads is the one pytest would."""

from pathlib import Path

import pytest

from kubelab.cli.settings_file import nearest
from kubelab.errors import SetupTrouble


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.toml", '[pytest]\nlab_context = "mine"\n'),
        ("pytest.ini", "[pytest]\nlab_context = mine\n"),
        ("pyproject.toml", '[tool.pytest.ini_options]\nlab_context = "mine"\n'),
        ("pyproject.toml", '[tool.pytest]\nlab_context = "mine"\n'),
        ("tox.ini", "[pytest]\nlab_context = mine\n"),
    ],
)
def test_each_of_pytests_files_may_name_the_context(tmp_path: Path, name: str, text: str) -> None:
    """From a folder below it too."""
    (tmp_path / name).write_text(text)
    (tmp_path / "labs").mkdir()

    assert nearest(tmp_path / "labs") == (tmp_path / name, {"lab_context": "mine"})


def test_files_without_a_pytest_section_are_passed_over(tmp_path: Path) -> None:
    """An empty pytest.ini is not: it says that pytest's folder is here."""
    (tmp_path / "pytest.ini").write_text("")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n')
    (inner / "tox.ini").write_text("[tox]\n")

    assert nearest(inner) == (tmp_path / "pytest.ini", {})


@pytest.mark.parametrize(("name", "text"), [("pytest.toml", "[tool\n"), ("pytest.ini", "lab_context\n"), ("tox.ini", b"\xff\xfe")])
def test_a_file_that_cannot_be_read_is_trouble(tmp_path: Path, name: str, text: str | bytes) -> None:
    """It might have named another cluster."""
    (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)

    with pytest.raises(SetupTrouble, match=str(tmp_path / name)):
        nearest(tmp_path)
