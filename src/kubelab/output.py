"""What a program left behind, wherever it ran: on this machine, on a node or in a container."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """A program's exit code (negative: the signal that ended it), standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def good(self) -> bool:
        """The exit code is 0."""
        return self.code == 0

    @property
    def tail(self) -> str:
        """The last 15 lines of what it said, errors first, for a message."""
        return "\n".join((self.err.strip() or self.out.strip()).splitlines()[-15:])
