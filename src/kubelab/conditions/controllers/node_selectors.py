"""Whether a node is one that pods select: by node selector, and by the expressions of a required node affinity."""

from collections.abc import Callable, Mapping, Sequence

from kubelab.client.objects import Object, at, labels, name


def is_selected(template: Object, node: Object) -> bool:
    """Whether the node has what `nodeSelector` and the required node affinity of pods of this specification ask."""
    selector = at(template, "nodeSelector", default={})
    required = at(template, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    return selector.items() <= labels(node).items() and (required is None or any(_fits(term, node) for term in required))


def _fits(term: Object, node: Object) -> bool:
    """Whether the node matches a term; a term without expressions matches no node."""
    have = {"metadata.name": name(node)}
    checks = [(one, labels(node)) for one in term.get("matchExpressions") or ()] + [(one, have) for one in term.get("matchFields") or ()]
    return bool(checks) and all(holds(one, known) for one, known in checks)


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
