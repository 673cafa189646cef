"""A feature file's bytes as text: UTF-8, with or without a byte order mark."""

import codecs
import re
from pathlib import Path

from kubelab.authoring.finding import Finding

LINE_END = re.compile(rb"\r\n|\r|\n")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(path: Path) -> str:
    """The file's text without the byte order mark; UnicodeDecodeError where it is not UTF-8, OSError where it cannot be read."""
    return path.read_text(encoding="utf-8-sig")


def not_utf8(error: UnicodeDecodeError, shown: str) -> Finding:
    """The finding at the first byte that is not UTF-8."""
    if error.object.startswith(UTF_16):
        return Finding(shown, 1, 1, "not-utf-8", "this file is UTF-16: save it as UTF-8.")
    before = LINE_END.split(error.object[: error.start])
    column = len(before[-1].decode("utf-8", errors="replace")) + 1
    what = f"this line is not UTF-8 text (its byte 0x{error.object[error.start]:02X} is of Latin-1 or another encoding): save it as UTF-8."
    return Finding(shown, len(before), column, "not-utf-8", what)
