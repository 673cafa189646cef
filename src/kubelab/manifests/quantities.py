"""Kubernetes' quantities as numbers: "500m", "700Mi"."""

import re

PATTERN = re.compile(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:([eE][0-9]+)|([numkMGTPE]|[KMGTPE]i)?)")
POWERS = {"n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}

WHOLE = 1000
"""Above this, thousandths do not matter."""


def is_quantity(text: object) -> bool:
    """Whether it reads as a quantity."""
    return PATTERN.fullmatch(str(text)) is not None


def amount(quantity: object) -> float:
    """A quantity as a number: "500m" → 0.5, "700Mi" → 734003200; 0 for what is not a quantity."""
    match = PATTERN.fullmatch(str(quantity))
    if match is None:
        return 0.0
    number, power, suffix = match.groups()
    if suffix in BINARY:
        return float(number) * 2.0 ** BINARY[suffix]
    return float(f"{number}e{POWERS[suffix]}") if suffix else float(number + (power or ""))


def share(quantity: object, percent: int) -> str:
    """A percentage of a quantity, rounded down, as a quantity: 55 % of "2" → "1100m", 50 % of "1Gi" → "536870912"."""
    part = amount(quantity) * percent / 100
    return str(int(part)) if part >= WHOLE else f"{int(part * 1000)}m"
