"""An object against a partial one."""

from collections.abc import Callable
from typing import Any

from kubelab.client.objects import Object
from kubelab.conditions.build import of_object
from kubelab.conditions.partial import differences
from kubelab.observation import View
from kubelab.waiting import Condition

MANY = 5


def matches(kind: str, name: str, wanted: Any, seen_as: Callable[[Object], Object] = lambda thing: thing) -> Condition:
    """`Deployment "web" matches:` a partial object; judged at once unless it speaks of the status.

    `seen_as` turns what the cluster runs into what the lab says (the images).
    """

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        found = list(differences(readable(wanted), seen_as(thing)))
        more = [f"{len(found) - MANY} more"] if len(found) > MANY else []
        return not found, "\n".join([*found[:MANY], *more]) or "as wanted"

    declared = not (isinstance(wanted, dict) and wanted.get("status"))
    return of_object(kind, name, "matches what is written", judge, declared=declared)


def readable(wanted: Any) -> Any:
    """What of a manifest can be read back: a Secret's stringData cannot."""
    return {key: value for key, value in wanted.items() if key != "stringData"} if isinstance(wanted, dict) else wanted
