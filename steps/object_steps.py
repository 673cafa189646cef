"""Any object: as declared, labelled, gone; and the events about it."""

from pytest_bdd import step, then

from kubelab.conditions import events, identity, presence
from kubelab.conditions.build import elsewhere
from kubelab.conditions.fields import matches, partial
from kubelab.scenario import Scenario
from kubelab.vocabulary import Pair, by_hand, live, parse
from kubelab.waiting import stays, throughout, until


@then(parse("{kind:Kind} {name:Name} is as declared"))
@by_hand("kubectl diff -f FILE")
@live()
def is_as_declared(lab: Scenario, kind: str, name: str) -> None:
    """Every field of the manifest that was applied last, except its status, has that value in the cluster; judged at once."""
    until(lab, matches.as_declared(kind, name, lab.manifests.said(lab.manifests.declared(kind, name)), lab.manifests.said))


@then(parse("{kind:Kind} {name:Name} matches:"))
@by_hand("kubectl get {kind} {name} -o yaml")
@live()
def matches_partly(lab: Scenario, kind: str, name: str, docstring: str) -> None:
    """The object has every field of the YAML text; `!absent`, `!at-least`, `!at-most` and `!matches` replace the test for equality."""
    until(lab, matches.matches(kind, name, partial.of_kind(lab.client, kind, docstring), lab.manifests.said))


@then(parse("{kind:Kind} {name:Name} has label {label:Label}"))
@by_hand("kubectl get {kind} {name} --show-labels")
@live()
def has_label(lab: Scenario, kind: str, name: str, label: Pair) -> None:
    """It has the label, as key=value; judged at once."""
    until(lab, presence.has_label(kind, name, label.key, label.value))


@then(parse("{kind:Kind} {name:Name} has no label {key:LabelKey}"))
@by_hand("kubectl get {kind} {name} --show-labels")
@live()
def has_no_label(lab: Scenario, kind: str, name: str, key: str) -> None:
    """It has no label with that key; judged at once."""
    until(lab, presence.lacks_label(kind, name, key))


@then(parse("{kind:Kind} {name:Name} has annotation {annotation:Annotation}"))
@by_hand("kubectl get {kind} {name} -o jsonpath={{.metadata.annotations}}")
@live()
def has_annotation(lab: Scenario, kind: str, name: str, annotation: Pair) -> None:
    """It has the annotation, as key=value; judged at once."""
    until(lab, presence.has_annotation(kind, name, annotation.key, annotation.value))


@then(parse("{kind:Kind} {name:Name} shows the events {reasons:Names} in this order"))
@by_hand("kubectl events --for {kind}/{name}")
def shows_events(lab: Scenario, kind: str, name: str, reasons: list[str]) -> None:
    """Since the last When there were events about it with these reasons (separated by commas), in this order."""
    until(lab, events.shows_events(kind, name, reasons))


@then(parse("a pod of {kind:Kind} {name:Name} shows the events {reasons:Names} in this order"))
@by_hand("kubectl events")
def a_pod_shows_events(lab: Scenario, kind: str, name: str, reasons: list[str]) -> None:
    """Since the last When there were events about one of its Pods with these reasons (separated by commas), in this order."""
    until(lab, events.a_pod_shows_events(kind, name, reasons))


@then(parse("{kind:Kind} {name:Name} is still the same {again:Kind}"))
@by_hand("kubectl get {kind} {name} -o jsonpath={{.metadata.uid}}")
def is_still_the_same(lab: Scenario, kind: str, name: str, again: str) -> None:
    """It is there and has the same UID as at the last When: no other object has taken its name."""
    until(lab, identity.unchanged(kind, lab.before(again, name)))


@step(parse("{kind:Kind} {name:Name} is gone"))
@by_hand("kubectl wait --for=delete {kind}/{name}")
def is_gone(lab: Scenario, kind: str, name: str) -> None:
    """It was there, and no object of that name is left."""
    until(lab, presence.gone(kind, name))


@then(parse("no {kind:Kind} is left"))
@by_hand("kubectl get {kind}")
def none_is_left(lab: Scenario, kind: str) -> None:
    """The namespace has no object of that kind any more."""
    until(lab, presence.none_left(kind))


@then(parse("no {kind:Kind} of namespace {namespace:Name} is left"))
@by_hand("kubectl get {kind} -n {namespace}")
def none_is_left_there(lab: Scenario, kind: str, namespace: str) -> None:
    """The other namespace has no object of that kind any more."""
    lab.look_into(namespace, kind)
    until(lab, elsewhere(namespace, presence.none_left(kind)))


@then(parse("no {kind:Kind} was created"))
@by_hand("kubectl get {kind} --watch")
def none_was_created(lab: Scenario, kind: str) -> None:
    """No object of that kind has appeared since the last When, not even for a moment."""
    throughout(lab, presence.none_created(kind))


@then(parse("no {kind:Kind} is created for {duration:Duration}"))
@by_hand("kubectl get {kind} --watch")
def none_is_created_for(lab: Scenario, kind: str, duration: float) -> None:
    """No object of that kind has appeared since the last When, and none appears for that long."""
    stays(lab, presence.none_created(kind), duration)


@then(parse("{kind:Kind} {name:Name} has condition {type_:Name} {status:Name} because of {reason:Name}"))
@by_hand("kubectl get {kind} {name} -o yaml")
@live()
def has_condition(lab: Scenario, kind: str, name: str, type_: str, status: str, reason: str) -> None:
    """Its `status.conditions` has an entry of that type with that status and reason, and is about its latest generation."""
    until(lab, presence.has_condition(kind, name, type_, status, reason))
