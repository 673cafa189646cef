"""A file that is there as a whole or not at all, whoever reads it meanwhile, and whatever ends the writing."""

import os
from pathlib import Path


def put(path: Path, text: str) -> None:
    """Write the text in UTF-8, with the folders above it. OSError or UnicodeError where that cannot be; nothing half written stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
