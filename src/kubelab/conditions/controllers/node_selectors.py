"""Whether a node matches an expression of a node selector."""

from collections.abc import Callable, Mapping, Sequence

from kubelab.client.objects import Object


def holds(expression: Object, have: Mapping[str, str]) -> bool:
    """Whether the expression is true of these labels (or fields) of a node."""
    return OPERATORS[str(expression["operator"])](have.get(str(expression["key"])), expression.get("values") or ())


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.lstrip("-").isdigit() else None


def _compares(sign: int) -> Callable[[str | None, Sequence[str]], bool]:
    def compare(have: str | None, values: Sequence[str]) -> bool:
        mine, theirs = _number(have), _number(values[0] if values else None)
        return mine is not None and theirs is not None and (mine - theirs) * sign > 0

    return compare


OPERATORS: Mapping[str, Callable[[str | None, Sequence[str]], bool]] = {
    "In": lambda have, values: have in values,
    "NotIn": lambda have, values: have not in values,
    "Exists": lambda have, _values: have is not None,
    "DoesNotExist": lambda have, _values: have is None,
    "Gt": _compares(1),
    "Lt": _compares(-1),
}
"""The operators of a node selector (https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#operators)."""
