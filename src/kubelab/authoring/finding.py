"""One mistake in a file that a person wrote."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """Where it is (line and column from 1), its code, and what is wrong and how to fix it."""

    file: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"


def column(line: str) -> int:
    """Where a line's text begins, from 1."""
    return len(line) - len(line.lstrip()) + 1
