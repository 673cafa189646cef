"""The timeline around the failure, a line for each thing seen."""

from collections.abc import Sequence

from kubelab.observation import Gap, View
from kubelab.observation.timeline import entries, moment

MANY = 60


def lines(view: View, gaps: Sequence[Gap]) -> list[str]:
    """Everything worth telling since the scenario began, the last entries of many; times count from the last When."""
    told = [f"{moment(time - view.since.time)} {text}" for time, text in entries(view.changes, gaps, set())]
    return [f"… {len(told) - MANY} before …", *told[-MANY:]] if len(told) > MANY else told
