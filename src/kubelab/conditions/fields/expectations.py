"""What a partial object may have in place of a value: `!absent`, `!at-least 3`, `!at-most 3`, `!matches "nginx:1.*"`."""

import re
from dataclasses import dataclass
from typing import Any

from kubelab.client.flow import flow


@dataclass(frozen=True)
class Absent:
    """`!absent`: the field is not there, or null."""

    words = "must not be set"

    def fits(self, found: Any) -> bool:
        """Whether there is no value."""
        return found is None

    def __str__(self) -> str:
        return "!absent"


@dataclass(frozen=True)
class AtLeast:
    """`!at-least 3`."""

    limit: float

    @property
    def words(self) -> str:
        """In words."""
        return f"wanted at least {self.limit:g}"

    def fits(self, found: Any) -> bool:
        """Whether it is a number that is at least that large."""
        return _is_number(found) and found >= self.limit

    def __str__(self) -> str:
        return f"!at-least {self.limit:g}"


@dataclass(frozen=True)
class AtMost:
    """`!at-most 3`; a missing field counts as 0, since Kubernetes leaves zeros out of a status."""

    limit: float

    @property
    def words(self) -> str:
        """In words."""
        return f"wanted at most {self.limit:g}"

    def fits(self, found: Any) -> bool:
        """Whether it is a number that is not larger, or missing."""
        return self.limit >= 0 if found is None else _is_number(found) and found <= self.limit

    def __str__(self) -> str:
        return f"!at-most {self.limit:g}"


@dataclass(frozen=True)
class Matches:
    r"""`!matches "nginx:1\\\\..*"`: the whole value, as YAML writes it, matches the regular expression; a list or a map does not."""

    pattern: str

    @property
    def words(self) -> str:
        """In words."""
        return f"wanted a string that matches {self.pattern}"

    def fits(self, found: Any) -> bool:
        """Whether it is such a string."""
        text = found if isinstance(found, str) else flow(found)
        return isinstance(found, str | bool | int | float) and re.fullmatch(self.pattern, text) is not None

    def __str__(self) -> str:
        return f"!matches {flow(self.pattern)}"


@dataclass(frozen=True)
class LeftOut:
    """A zero of a manifest ("", 0, false): the API server keeps some, and leaves others out."""

    value: str | float

    @property
    def words(self) -> str:
        """In words."""
        return f"wanted {flow(self.value)}"

    def fits(self, found: Any) -> bool:
        """Whether it is that zero, or missing."""
        return found is None or (found == self.value and isinstance(found, bool) == isinstance(self.value, bool))

    def __str__(self) -> str:
        return flow(self.value)


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)
