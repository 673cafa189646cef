"""Names of files for students: safe on every file system and in every address, and different for different students."""

import re
from hashlib import sha256
from unicodedata import normalize

LONGEST = 40
"""Characters of the readable part."""
DIGITS = 12
"""Hexadecimal digits of the part that tells two alike names apart."""


def file_name(student: str) -> str:
    """`Ann-Lee-5e884898da28` for "Ann Lee": letters, digits and dashes; no ending."""
    plain = normalize("NFKD", student).encode("ascii", "ignore").decode()
    readable = "-".join(re.findall(r"[A-Za-z0-9]+", plain))[:LONGEST].strip("-")
    return "-".join(filter(None, [readable, sha256(student.encode(errors="surrogatepass")).hexdigest()[:DIGITS]]))
