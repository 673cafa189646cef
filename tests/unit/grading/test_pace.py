"""The progress line."""

import pytest

from kubelab.grading.pace import line


@pytest.mark.parametrize(
    ("done", "seconds", "said"),
    [
        (0, 5.0, "0 of 180 objectives judged, 5 s"),
        (2, 61.0, "2 of 180 objectives judged, 61 s"),
        (60, 130.0, "60 of 180 objectives judged, 2 min 10 s · about 4 min left"),
        (90, 40.0, "90 of 180 objectives judged, 40 s · about 40 s left"),
        (179, 360.0, "179 of 180 objectives judged, 6 min · about 10 s left"),
        (180, 360.0, "180 of 180 objectives judged, 6 min"),
    ],
)
def test_the_time_left_is_told_once_there_is_a_pace(done: int, seconds: float, said: str) -> None:
    """Roughly: it is an estimate."""
    assert line(done, 180, seconds) == said
