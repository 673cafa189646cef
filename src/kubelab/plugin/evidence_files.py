"""The files of --lab-evidence: one for each failure of each scenario, under the path of its feature."""

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from kubelab.authoring import named
from kubelab.plugin.failure_text import as_named

if TYPE_CHECKING:
    from kubelab.plugin.items import ScenarioItem

LONGEST = 96
"""The most bytes of a title in a file's name: file systems allow 255, some 143, and Windows counts the whole path."""
DIGITS = 8
"""Hexadecimal digits that distinguish two equal names."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows reserves for devices, whatever their suffix."""
OUTSIDE = Path("outside")
"""The folder for features outside the root folder."""


def write(folder: Path, item: "ScenarioItem", error: BaseException, text: str, *, teardown: bool = False) -> None:
    """Write a failure's text and all of its evidence into `<folder>/<feature>/<scenario>.txt`, or `.teardown.txt` for one after it."""
    file = folder / _place(item) / f"{_name(item)}{'.teardown' if teardown else ''}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    sections = [section for failure in getattr(error, "failures", ()) for section in failure.evidence]
    parts = [text, *(as_named(item, "\n".join([f"== {section.title}", *section.lines])) for section in sections)]
    file.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _place(item: "ScenarioItem") -> Path:
    if item.path.is_relative_to(item.config.rootpath):
        return item.path.relative_to(item.config.rootpath).with_suffix("")
    return OUTSIDE / f"{item.path.stem}-{_digest(str(item.path))}"


def _name(item: "ScenarioItem") -> str:
    """The title as a file's name; with a few digits if it is too short, or another scenario of the feature would have the same."""
    name = _readable(item.name)
    others = {_readable(other).casefold() for other, _ in named(item.feature.scenarios) if other != item.name}
    plain = name and not RESERVED.fullmatch(name) and name.casefold() not in others
    return name if plain else f"{name}-{_digest(item.name)}".lstrip("-")


def _readable(title: str) -> str:
    """The letters and digits of any script, with dashes between them."""
    kept = "".join(one if category(one)[0] in "LMN" else " " for one in normalize("NFC", title))
    return "-".join(kept.split()).encode()[:LONGEST].decode(errors="ignore").strip("-")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:DIGITS]
