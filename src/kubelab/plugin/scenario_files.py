"""The names of files that a run keeps for scenarios, for evidence and records alike: under the feature's path, the scenario's title."""

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from kubelab.authoring import named

if TYPE_CHECKING:
    from kubelab.authoring import Feature

LONGEST = 96
"""The most bytes of a title in a file's name: file systems allow 255, some 143, and Windows counts the whole path."""
DIGITS = 8
"""Hexadecimal digits that distinguish two equal names."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows reserves for devices, whatever their suffix."""
OUTSIDE = Path("outside")
"""The folder for features outside the root folder."""


def place(root: Path, feature: "Feature", path: Path, name: str, suffix: str) -> Path:
    """The file of a scenario, relative to the folder that is kept: `<feature>/<scenario><suffix>`; `path` is that of the feature."""
    return _folder(root, path) / f"{_name(name, feature)}{suffix}"


def _folder(root: Path, path: Path) -> Path:
    if path.is_relative_to(root):
        return path.relative_to(root).with_suffix("")
    return OUTSIDE / f"{path.stem}-{_digest(str(path))}"


def _name(title: str, feature: "Feature") -> str:
    """The title as a file's name; with a few digits if it is too short, or another scenario of the feature would have the same."""
    name = _readable(title)
    others = {_readable(other).casefold() for other, _ in named(feature.scenarios) if other != title}
    plain = name and not RESERVED.fullmatch(name) and name.casefold() not in others
    return name if plain else f"{name}-{_digest(title)}".lstrip("-")


def _readable(title: str) -> str:
    """The letters and digits of any script, with dashes between them."""
    kept = "".join(one if category(one)[0] in "LMN" else " " for one in normalize("NFC", title))
    return "-".join(kept.split()).encode()[:LONGEST].decode(errors="ignore").strip("-")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:DIGITS]
