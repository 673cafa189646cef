"""Quantities as numbers, and shares of them."""

import pytest

from kubelab.manifests.quantities import share


@pytest.mark.parametrize(
    ("quantity", "percent", "part"),
    [("2", 55, "1100m"), ("1930m", 50, "965m"), ("1Gi", 50, "536870912"), ("8039032Ki", 55, "4527582822"), ("0", 55, "0m")],
)
def test_a_share(quantity: str, percent: int, part: str) -> None:
    """In thousandths for small values, otherwise whole, as bytes must be."""
    assert share(quantity, percent) == part
