"""An object compared with a partial one, or with its own declaration."""

from collections.abc import Callable, Mapping
from typing import Any

from kubelab.client.objects import Object
from kubelab.conditions.build import of_object
from kubelab.conditions.family import is_current
from kubelab.conditions.fields import secrets
from kubelab.conditions.fields.comparison import differences
from kubelab.conditions.fields.expectations import LeftOut
from kubelab.observation import View
from kubelab.waiting import Condition

MANY = 5


def matches(kind: str, name: str, wanted: Any, seen_as: Callable[[Object], Object] = lambda thing: thing) -> Condition:
    """`Deployment "web" matches:` a partial object; judged at once unless it is about the status.

    `seen_as` turns what the cluster runs into what the lab says (the images).
    """
    speaks_of_status = isinstance(wanted, Mapping) and "status" in wanted

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        if speaks_of_status and not is_current(thing):
            return False, "its status is not about this generation yet"
        found = list(_compared(kind, wanted, seen_as(thing)))
        more = [f"{len(found) - MANY} more"] if len(found) > MANY else []
        return not found, "\n".join([*found[:MANY], *more]) or "as wanted"

    return of_object(kind, name, "matches what is written", judge, declared=not speaks_of_status)


def as_declared(kind: str, name: str, declared: Object, seen_as: Callable[[Object], Object] = lambda thing: thing) -> Condition:
    """`Deployment "web" is as declared`: every field of its manifest but the status, which the cluster writes."""
    own = {key: value for key, value in declared.items() if key != "status"}
    return matches(kind, name, _with_zeros(secrets.declared(own) if kind == "Secret" else own), seen_as)


def _compared(kind: str, wanted: Any, thing: Object) -> Any:
    return differences(secrets.kept(wanted), secrets.written(thing)) if kind == "Secret" else differences(wanted, thing)


def _with_zeros(declared: Any) -> Any:
    """The same, where a zero may also be missing: the API server leaves many of them out."""
    if isinstance(declared, Mapping):
        return {key: _with_zeros(value) for key, value in declared.items()}
    if isinstance(declared, list):
        return [_with_zeros(value) for value in declared]
    return LeftOut(declared) if declared in ("", 0) else declared
