"""Finds the settings file that pytest would read here, and the keys of its pytest section."""

import configparser
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kubelab.errors import SetupTrouble


def nearest(folder: Path) -> tuple[Path | None, dict[str, Any]]:
    """The file and its keys, of this folder or the nearest above it that has a file with a pytest section; (None, {}) without one."""
    for place in (folder, *folder.parents):
        for name, section in SECTIONS.items():
            keys = section(_text(place / name), place / name) if (place / name).is_file() else None
            if keys is not None:
                return place / name, keys
    return None, {}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _pytest_toml(text: str, path: Path) -> dict[str, Any] | None:
    return dict(_toml(text, path).get("pytest", {}))


def _pyproject(text: str, path: Path) -> dict[str, Any] | None:
    table = _toml(text, path).get("tool", {}).get("pytest", {})
    native = {key: value for key, value in table.items() if key != "ini_options"}
    return native or table.get("ini_options")


def _toml(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise _unreadable(path, error) from None


def _pytest_ini(text: str, path: Path) -> dict[str, Any] | None:
    return _section("pytest")(text, path) or {}


def _section(name: str) -> Callable[[str, Path], dict[str, Any] | None]:
    def section(text: str, path: Path) -> dict[str, Any] | None:
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            parser.read_string(text)
        except configparser.Error as error:
            raise _unreadable(path, error) from None
        return dict(parser[name]) if parser.has_section(name) else None

    return section


def _unreadable(path: Path, error: Exception) -> SetupTrouble:
    return SetupTrouble(f"The settings file {path} cannot be read: {error}.\nCorrect that line, or run from another folder")


SECTIONS: dict[str, Callable[[str, Path], dict[str, Any] | None]] = {
    "pytest.toml": _pytest_toml,
    ".pytest.toml": _pytest_toml,
    "pytest.ini": _pytest_ini,
    ".pytest.ini": _pytest_ini,
    "pyproject.toml": _pyproject,
    "tox.ini": _section("pytest"),
    "setup.cfg": _section("tool:pytest"),
}
"""pytest's own order of files, and how to read the keys of the section; the first four files count even without one."""
