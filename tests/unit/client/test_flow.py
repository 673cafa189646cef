"""Values as a person writes them."""

from typing import Any

import pytest

from kubelab.client.flow import flow


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"cpu": "500m", "ports": [80, 443]}, "{cpu: 500m, ports: [80, 443]}"),
        ([{"image": "nginx:1.14"}, "a b"], "[{image: nginx:1.14}, a b]"),
        (True, "true"),
        (None, "null"),
        (1.5, "1.5"),
        ("true", '"true"'),
        ("1.14", '"1.14"'),
        ("2020-01-01", '"2020-01-01"'),
        ("12:30", '"12:30"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("a, b", '"a, b"'),
        ("a\nb", '"a\\nb"'),
        ("web # x", '"web # x"'),
        ("* * * * *", '"* * * * *"'),
        ("version 2.2", "version 2.2"),
        ({"1": {}}, '{"1": {}}'),
    ],
)
def test_flow(value: Any, text: str) -> None:
    """Maps and lists on one line, quotes only where YAML would read the text as something else."""
    assert flow(value) == text
