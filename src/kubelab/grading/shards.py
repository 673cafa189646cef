"""Divides a class among machines: the students by their place in the sorted list, so that every machine finds the same shards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

INDEX = "JOB_COMPLETION_INDEX"
"""The variable by which Kubernetes tells a Pod of an Indexed Job which one it is, from 0:
https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode."""
WORDS = re.compile(r"(\d*)/(\d+)")
One = TypeVar("One")


@dataclass(frozen=True)
class Shard:
    """One of `many` shards, the first of them is 1."""

    number: int = 1
    many: int = 1

    def of(self, things: Sequence[One]) -> list[One]:
        """Its part of the sorted things: every thing is in one shard, and no shard has two more than another."""
        return list(things[self.number - 1 :: self.many])

    def __str__(self) -> str:
        return f"{self.number}/{self.many}"


def shard(text: str, environment: Mapping[str, str]) -> Shard:
    """The shard that `2/3` means, or `/3` with the number that an Indexed Job gives its Pod. ValueError says what else is wrong."""
    said = WORDS.fullmatch(text.strip())
    if not said:
        raise ValueError(f'"{text}" is not a shard: write 2/3 for the second of three, or /3 in an Indexed Job')
    number, many = said[1] or _told(text, environment), int(said[2])
    if not 1 <= int(number) <= many:
        raise ValueError(f"there is no shard {number} of {many}: they are numbered from 1 to the number of shards")
    return Shard(int(number), many)


def _told(text: str, environment: Mapping[str, str]) -> str:
    index = environment.get(INDEX, "")
    if not index.isdigit():
        raise ValueError(f'"{text}" leaves the number of the shard to {INDEX}, which is not set: write 1{text} for the first one')
    return str(int(index) + 1)
