"""Files of kubectl commands, one a line, as students hand them in: taken apart into commands, nothing else is read from them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kubelab.errors import LabFailure
from kubelab.kubectl.shell import bare, syntax

MOST = 20
"""Commands in a file."""
COMMENT = re.compile(r"(?:^|\s)#")
"""How a comment begins, outside of quotes."""
WRITE = "Write each kubectl command on a line of its own, without pipes and files for what it prints."


@dataclass(frozen=True)
class FileCommand:
    """A command, and its place in the file, `rs-lab.sh:2`."""

    line: str
    place: str

    @contextmanager
    def told(self) -> Iterator[None]:
        """While the block lasts: a failure names the place of the command."""
        try:
            yield
        except LabFailure as failure:
            expected = f"{self.place}: {failure.expected}" if failure.expected else ""
            text = failure.text if expected else f"{self.place}: {failure.text}"
            raise LabFailure(text, expected=expected, last_saw=failure.last_saw, hint=failure.hint, about=failure.about) from failure


def commands(text: str, shown: str) -> list[FileCommand]:
    """The commands of a file; LabFailure with its line for what is none, and where there is none or too many. `shown` names the file."""
    found = [FileCommand(line, f"{shown}:{number}") for number, line in _lines(text.removeprefix("\ufeff")) if line]
    if not found:
        raise LabFailure(f"{shown}: there is no command in this file. Write the kubectl command that is asked for, and save the file.")
    if len(found) > MOST:
        raise LabFailure(f"{shown}: these are {len(found)} commands, and at most {MOST} are run.")
    for one in found:
        _check(one)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    r"""The lines without comments, with the number that each begins at; one that ends with \ goes on with the next."""
    begun, start = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        start, begun = start if begun else number, begun + line
        if line.endswith("\\") and not COMMENT.search(bare(begun)):
            begun = begun.removesuffix("\\") or " "
            continue
        yield start, _without_comment(begun)
        begun = ""
    yield start, _without_comment(begun)


def _without_comment(line: str) -> str:
    match = COMMENT.search(bare(line))
    return (line[: match.start()] if match else line).strip()


def _check(command: FileCommand) -> None:
    """LabFailure for a line that is no kubectl command, or needs a shell."""
    if command.line.split()[0] != "kubectl":
        raise LabFailure(f'{command.place}: "{command.line}" is not a kubectl command, and no shell reads this file. {WRITE}')
    if found := syntax(command.line):
        raise LabFailure(f'{command.place}: "{found}" needs a shell, and no shell reads this file. {WRITE}')
