"""Which names were probably meant by an unknown one."""

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The names most like it, or that contain it; if one differs only in case, that one alone."""
    by_lower, lower = {one.lower(): one for one in names}, name.lower()
    if lower in by_lower:
        return [by_lower[lower]]
    holding = [one for one in by_lower if lower in one]
    return [by_lower[one] for one in dict.fromkeys([*difflib.get_close_matches(lower, by_lower, n=3, cutoff=0.6), *holding])][:3]
