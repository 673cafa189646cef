"""How often a scenario flips, counted as TestGrid does, and how sure that is; from its verdicts as a text of P and F, the oldest first."""

import math
import re
from dataclasses import dataclass

BREAK = 3
"""This number of failures in a row is a break and not a flake: TestGrid leaves them out of the count
(https://github.com/GoogleCloudPlatform/testgrid/blob/main/pkg/summarizer/analyzers/flipanalyzer.go)."""
BROKEN = re.compile(f"F{{{BREAK},}}")
Z = 1.959964
"""Of the normal distribution, for an interval that holds with 95 %."""


@dataclass(frozen=True)
class FlakeRate:
    """How many times passing turned into failing, in how many runs; neither counts what belongs to a break."""

    flips: int
    runs: int

    @property
    def rate(self) -> float:
        """The part of the runs that flipped, from 0 to 1."""
        return self.flips / self.runs if self.runs else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval, in which the true rate is with 95 %; all of it where nothing has run."""
        if not self.runs:
            return 0.0, 1.0
        n, p, zz = self.runs, self.rate, Z * Z
        middle, half = p + zz / (2 * n), Z * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
        return max(0.0, (middle - half) / (1 + zz / n)), min(1.0, (middle + half) / (1 + zz / n))


def flake_rate(verdicts: str) -> FlakeRate:
    """That of these verdicts: each time that one or two failures follow a pass, or begin the history, is a flip."""
    counted = BROKEN.sub("", verdicts)
    return FlakeRate(len(re.findall("F+", BROKEN.sub("P", verdicts))), len(counted))
