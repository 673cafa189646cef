"""Flips as TestGrid counts them, and Wilson's interval."""

import pytest

from kubelab.history.flips import FlakeRate, flake_rate


@pytest.mark.parametrize(
    ("verdicts", "flips", "runs"),
    [
        ("", 0, 0),
        ("PPPP", 0, 4),
        ("PPPPFPPPPP", 1, 10),
        ("FPPP", 1, 4),
        ("PPPF", 1, 4),
        ("PFPFPF", 3, 6),
        ("PFFP", 1, 4),
        ("PFFFP", 0, 2),
        ("PPPPPFFFFF", 0, 5),
        ("FFF", 0, 0),
        ("PFFFPFP", 1, 4),
        ("PFFFFFFPFFPP", 1, 6),
    ],
)
def test_flips_are_counted_as_testgrid_counts_them(verdicts: str, flips: int, runs: int) -> None:
    """A change from passing to failing; three failures in a row or more are a break, and are left out."""
    assert flake_rate(verdicts) == FlakeRate(flips, runs)


@pytest.mark.parametrize(
    ("flips", "runs", "low", "high"),
    [(1, 10, 0.0179, 0.4042), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (3, 365, 0.0028, 0.0239)],
)
def test_the_interval_is_wilsons(flips: int, runs: int, low: float, high: float) -> None:
    """As in published tables; it is never below 0 or above 1."""
    assert FlakeRate(flips, runs).interval == pytest.approx((low, high), abs=0.0001)


def test_where_nothing_has_run_everything_is_possible() -> None:
    """There is no rate."""
    assert FlakeRate(0, 0).rate == 0
    assert FlakeRate(0, 0).interval == (0, 1)
