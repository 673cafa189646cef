"""Which object a sentence means if it does not name one."""

from collections.abc import Mapping
from typing import Any

from kubelab.conditions.controllers.workloads import at_least_available
from kubelab.conditions.family import ready_ones
from kubelab.errors import LabFailure
from kubelab.scenario import Scenario
from kubelab.waiting import until


def pod_of_the_only(lab: Scenario, kind: str) -> Mapping[str, Any]:
    """A ready pod of the scenario's only object of that kind, after waiting for it; LabFailure for more objects, or no such pod."""
    objects = lab.store.objects(kind)
    if len(objects) != 1:
        names = ", ".join(f'"{one["metadata"]["name"]}"' for one in objects) or "none"
        raise LabFailure(expected=f"the scenario has one {kind}, so that its pods can be spoken of", last_saw=f"{kind}: {names}")
    look = until(lab, at_least_available(kind, objects[0]["metadata"]["name"], 1))
    return ready_ones([thing for thing in look.about if thing.get("kind") == "Pod"])[0]
