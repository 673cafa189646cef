"""StatefulSets: numbered Pods, created and deleted in order, each with a name and a volume that it keeps."""

from pytest_bdd import step, then

from kubelab.conditions import endings
from kubelab.conditions.controllers import stateful_sets
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, parse, watches
from kubelab.waiting import throughout, until


@step(parse("StatefulSet {name:Name} has the pods {numbers:Numbers}"))
@step(parse("StatefulSet {name:Name} has the pods {numbers:Numbers} within {limit:Duration}"))
@by_hand("kubectl get pods")
@live()
def has_the_pods(lab: Scenario, name: str, numbers: list[int], limit: float | None = None) -> None:
    """Its Pods with these numbers are ready; it has no other Pod and wants none."""
    until(lab, stateful_sets.ordinals(name, numbers), limit)


@then(parse("the pods {numbers:Numbers} of StatefulSet {name:Name} were created one after another"))
@by_hand("kubectl get pods --watch")
def were_created_one_after_another(lab: Scenario, numbers: list[int], name: str) -> None:
    """Since the last When these were created, in this order, each only once the one before it was ready."""
    until(lab, stateful_sets.created_in_order(name, numbers))


@then(parse("the pods {numbers:Numbers} of StatefulSet {name:Name} were created at once"))
@by_hand("kubectl get pods --watch")
def were_created_at_once(lab: Scenario, numbers: list[int], name: str) -> None:
    """Since the last When these were created, and none of them was ready when the last one was created."""
    until(lab, stateful_sets.created_at_once(name, numbers))


@then(parse("the pods {numbers:Numbers} of StatefulSet {name:Name} were deleted one after another"))
@by_hand("kubectl get pods --watch")
@watches("StatefulSet")
def were_deleted_one_after_another(lab: Scenario, numbers: list[int], name: str) -> None:
    """Since the last When the deletion of these and no others began, in this order, each only once the one before it was gone."""
    until(lab, stateful_sets.deleted_in_order(name, numbers))
    throughout(lab, stateful_sets.one_ending(name))


@then(parse("Pod {name:Name} comes back with the same name"))
@by_hand("kubectl get pod {name} --watch")
def comes_back(lab: Scenario, name: str) -> None:
    """Another Pod (another UID) is ready under its name, with the same volume claims."""
    until(lab, stateful_sets.comes_back(lab.before("Pod", name)))


@then(parse("Pod {name:Name} is killed after {duration:Duration}"))
@by_hand("kubectl get pod {name} --watch")
def is_killed_after(lab: Scenario, name: str, duration: float) -> None:
    """It had that much time to end (its terminationGracePeriodSeconds), did not end by itself, and was killed then."""
    until(lab, endings.killed_after(lab.before("Pod", name), duration))
