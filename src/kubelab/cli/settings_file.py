"""Finds the settings file that pytest would read here, and the keys of its pytest section."""

import configparser
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kubelab.errors import SetupTrouble


def nearest(folder: Path) -> tuple[Path | None, dict[str, Any]]:
    """The file and its keys: of this folder or the nearest above it that has a file with a pytest section; (None, {}) without one."""
    for place in (folder, *folder.parents):
        for name, section in SECTIONS.items():
            keys = section(_text(place / name), place / name) if (place / name).is_file() else None
            if keys is not None:
                return place / name, keys
    return None, {}


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _toml(*tables: str) -> Callable[[str, Path], dict[str, Any] | None]:
    def section(text: str, path: Path) -> dict[str, Any] | None:
        try:
            table: Any = tomllib.loads(text)
        except ValueError as error:
            raise _unreadable(path, error) from None
        for name in tables:
            table = table.get(name) if table else None
        return None if table is None else dict(table.get("ini_options", table))

    return section


def _ini(text: str, path: Path) -> dict[str, Any] | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise _unreadable(path, error) from None
    return dict(parser["pytest"]) if parser.has_section("pytest") else None


def _unreadable(path: Path, error: Exception) -> SetupTrouble:
    return SetupTrouble(f"The settings file {path} cannot be read: {error}.\nCorrect that line, or run from another folder")


SECTIONS: dict[str, Callable[[str, Path], dict[str, Any] | None]] = {
    "pytest.toml": _toml("pytest"),
    "pytest.ini": lambda text, path: _ini(text, path) or {},
    "pyproject.toml": _toml("tool", "pytest"),
    "tox.ini": _ini,
}
"""pytest's own order of files, and how the keys of the section are had; a pytest.ini counts even without one."""
