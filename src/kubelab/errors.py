"""The two families of errors: what a lab's sentence says did not happen, or something kept us from finding out."""

from collections.abc import Mapping, Sequence
from typing import Any


class LabFailure(AssertionError):  # noqa: N818  (a lab's failure, not a fault of ours)
    """The cluster did not show what the sentence says: pytest reports FAILED, without a Python traceback.

    `about` holds the raw objects concerned, as last seen: where the evidence begins. `declared`: what the lab itself wrote down differs,
    whatever the cluster did.
    """

    def __init__(
        self,
        text: str = "",
        *,
        expected: str = "",
        last_saw: str = "",
        timeline: str = "",
        hint: str = "",
        about: Sequence[Mapping[str, Any]] = (),
        declared: bool = False,
    ) -> None:
        super().__init__(text)
        self.text, self.expected, self.last_saw, self.timeline, self.hint = text, expected, last_saw, timeline, hint
        self.about, self.declared = tuple(about), declared

    def __str__(self) -> str:
        """The text, then a line for each field that is not empty, their values aligned."""
        return "\n".join(filter(None, [self.seen, f"hint       {_indented(self.hint)}" if self.hint else ""]))

    @property
    def seen(self) -> str:
        """The same without the hint, which a longer text has at its end."""
        fields = {"expected": self.expected, "last saw": self.last_saw, "timeline": self.timeline}
        lines = [f"{label:<11}{_indented(value)}" for label, value in fields.items() if value]
        return "\n".join([self.text, *lines] if self.text else lines)


class SetupTrouble(Exception):  # noqa: N818  (a word people know; "Error" is what pytest calls it)
    """The run itself could not go on (no engine, no cluster, a broken file): pytest reports ERROR. The text names the remedy."""


class ImageTrouble(SetupTrouble):
    """An image could not be pulled, not through the lab's fault. The text names it as it runs and as the lab does; `pod` waits for it."""

    def __init__(self, text: str, pod: Mapping[str, Any]) -> None:
        super().__init__(text)
        self.pod = pod


class NotHere(SetupTrouble):
    """A cluster of this kind cannot do what the sentence asks for: pytest reports SKIPPED, with the text as the reason."""


def _indented(value: str) -> str:
    return value.rstrip().replace("\n", "\n" + " " * 11)
