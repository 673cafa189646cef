"""What runs for an image that a lab names, as a value, and several of them in one line."""

from collections.abc import Iterable
from dataclasses import dataclass

from kubelab.policy.image_names import normal, short

SHOWN = 4
"""How many substitutions a line shows."""


@dataclass(frozen=True)
class Substitution:
    """What runs for an image that a lab names, and why.

    `seen` says when and where a public image was seen to exist; `made` is the folder with the source of an unpublished image.
    """

    lab: str
    runs: str
    because: str
    seen: str = ""
    made: str = ""

    @property
    def other(self) -> bool:
        """Whether something else runs than the lab names."""
        return normal(self.lab) != normal(self.runs)


def in_short(substitutions: Iterable[Substitution]) -> str:
    """What is replaced, in one line: the first few, their number, and the command that shows all."""
    shown = [f"{short(one.lab)} runs {short(one.runs)}" for one in substitutions if one.other]
    rest = [f"… ({len(shown)} in all)"] if len(shown) > SHOWN else []
    return f"{', '.join([*shown[:SHOWN], *rest])}; why: kubelab images" if shown else "as the labs name them"
