"""What is not taken of a submission, and how much of one is read."""

LARGEST = 1_000_000
"""Bytes of a file."""
MEMBERS = 10_000
"""Files and folders of a submission."""
FACTOR = 100
"""How many times its own size an archive may hold."""
FLOOR = 1_000_000
"""Bytes that every archive may hold."""
MOST = 100_000_000
"""Bytes that none may hold more than, and none be larger than."""
SHOWN = 80
"""Characters of a name in a sentence."""


class Refusal(Exception):  # noqa: N818  (no fault of ours)
    """The text says in a sentence what is not taken, and what to hand in instead."""


def shown(name: str) -> str:
    """A name as a sentence may show it: in quotes, what cannot be seen as an escape, a long one cut."""
    text = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in name)
    return f'"{text}"' if len(text) <= SHOWN else f'"{text[:SHOWN]}…"'
