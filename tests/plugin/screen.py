"""A terminal: what it shows of a program's output, as far as pytest and our live lines control it."""

import re
from dataclasses import dataclass, field

CONTROL = re.compile(r"\x1b\[(\??[\d;]*)([A-Za-z])|\x1b([78D])|(\r|\n|[^\x00-\x1f])|[\x00-\x1f]", re.DOTALL)


@dataclass
class Screen:
    """A screen with its columns and rows; `gone` has the lines that were scrolled out at the top."""

    columns: int = 80
    rows: int = 24
    row: int = 0
    column: int = 0
    saved: tuple[int, int] = (0, 0)
    cells: list[list[str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = [[] for _ in range(self.rows)]

    @property
    def lines(self) -> list[str]:
        """Every line from the beginning, without the empty ones at the end."""
        shown = [*self.gone, *("".join(cells).rstrip() for cells in self.cells)]
        while shown and not shown[-1]:
            shown.pop()
        return shown

    def feed(self, text: str) -> None:
        """Show what a program writes."""
        for found in CONTROL.finditer(text):
            numbers, command, single, letter = found.groups()
            if command:
                self._steer(command, numbers)
            elif single:
                self._single(single)
            elif letter:
                self._letter(letter)

    def _steer(self, command: str, numbers: str) -> None:
        if command == "A":
            self.row = max(0, self.row - int(numbers or 1))
        elif command in "KJ":
            self.cells[self.row] = self.cells[self.row][: self.column]
            if command == "J":
                self.cells[self.row + 1 :] = [[] for _ in self.cells[self.row + 1 :]]
        else:
            assert command in "mhl", f"{numbers}{command} is not understood"

    def _single(self, single: str) -> None:
        if single == "7":
            self.saved = self.row, self.column
        elif single == "8":
            self.row, self.column = self.saved
        else:
            self._down()

    def _letter(self, letter: str) -> None:
        if letter == "\r":
            self.column = 0
        elif letter == "\n":
            self._down()
        else:
            if self.column == self.columns:
                self.column = 0
                self._down()
            cells = self.cells[self.row]
            cells += " " * (self.column + 1 - len(cells))
            cells[self.column] = letter
            self.column += 1

    def _down(self) -> None:
        if self.row == self.rows - 1:
            self.gone.append("".join(self.cells.pop(0)).rstrip())
            self.cells.append([])
        else:
            self.row += 1
