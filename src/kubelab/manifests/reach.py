"""How far a scenario reaches: its own namespace, and what is named after it."""

OWNABLE = ("Namespace", "ClusterRole", "IngressClass")
"""The kinds that belong to no namespace and that a scenario may make all the same: named after its own, they meet nobody."""


def is_own(namespace: str, home: str) -> bool:
    """Whether a namespace is a scenario's: its `home`, or one that is named after it."""
    return namespace == home or is_named_after(namespace, home)


def is_named_after(name: str, home: str) -> bool:
    """Whether a name is that of the scenario's namespace, a dash, and more."""
    return bool(home) and name.startswith(f"{home}-")
