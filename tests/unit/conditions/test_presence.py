"""What exists, was created or deleted, and its own description."""

import pytest

from kubelab.conditions import events, presence, services
from kubelab.conditions.same_image import same_image
from tests.unit.conftest import Look
from tests.unit.objects import pod, thing
from tests.unit.scripted import Lab


def test_there_and_gone(lab: Lab, look: Look) -> None:
    """By name, and by kind; what never existed is not gone."""
    gone, there, none = presence.gone("Pod", "web"), presence.exists("Pod", "web"), presence.none_left("Pod")
    assert (look(gone).met, look(there).met, look(none).met) == (False, False, False)
    assert (look(gone).seen, look(none).seen) == ('no Pod "web", and there never was one', "no Pod, and there never was one")

    lab.put(pod())
    assert (look(gone).met, look(there).met, look(none).met) == (False, True, False)
    assert (look(gone).seen, look(none).seen) == ("web, Pending", "1 Pod: web")

    lab.put(pod(), "DELETED")
    assert (look(gone).met, look(there).met, look(none).met) == (True, False, True)


def test_nothing_was_made(lab: Lab, look: Look) -> None:
    """Since the last When; an object that is gone counts as well. Nothing is known about a kind that is not watched."""
    lab.put(pod("old"))
    assert look(presence.none_created("Pod")).seen == "Pod is not watched"
    lab.store.listed("Pod")
    lab.since = lab.store.mark()
    created = presence.none_created("Pod")
    assert look(created).met

    lab.put(pod("new"))
    lab.put(pod("new"), "DELETED")
    assert look(created).seen == "new created"


def test_labels_annotations_and_conditions(lab: Lab, look: Look) -> None:
    """With what is there instead."""
    state = {"observedGeneration": 1, "conditions": [{"type": "Progressing", "status": "False", "reason": "TooLate", "message": "slow"}]}
    lab.put(thing("Deployment", "web", metadata={"labels": {"run": "web"}, "annotations": {"a": "b"}}, status=state))

    assert look(presence.has_label("Deployment", "web", "run", "web")).met
    assert look(presence.has_label("Deployment", "web", "app", "web")).seen == "web with labels run=web"
    assert look(presence.has_annotation("Deployment", "web", "a", "b")).met
    assert look(presence.has_annotation("Deployment", "web", "a", "c")).seen == "web with a=b"
    assert look(presence.has_annotation("Deployment", "web", "c", "c")).seen == "web without the annotation c (there is: a)"
    assert look(presence.has_condition("Deployment", "web", "Progressing", "False", "TooLate")).met
    assert look(presence.has_condition("Deployment", "web", "Progressing", "True")).seen == "Progressing False, TooLate: slow"
    assert look(presence.has_condition("Deployment", "web", "Available", "True")).seen == "no condition Available"


@pytest.mark.parametrize("kind", ["Deployment", "HorizontalPodAutoscaler"])
def test_a_condition_is_about_the_last_change(lab: Lab, look: Look, kind: str) -> None:
    """Where the controller says which generation it has seen."""
    state = {"observedGeneration": 1, "conditions": [{"type": "Fine", "status": "True", "reason": "AsAsked"}]}
    lab.put(thing(kind, "web", metadata={"generation": 1}, status=state))
    assert look(presence.has_condition(kind, "web", "Fine", "True")).met

    lab.put(thing(kind, "web", metadata={"generation": 2}, status=state))

    found = look(presence.has_condition(kind, "web", "Fine", "True"))
    assert (found.met, found.seen) == (False, "Fine True, AsAsked (from before its last change)")


def test_events_in_order(lab: Lab, look: Look) -> None:
    """Those about the object, since the last When, counted again or new, with others between them."""
    lab.put(pod())
    mine, other = {"uid": "uid-web"}, {"uid": "uid-other"}
    lab.put(thing("Event", "e1", reason="Created", involvedObject=mine))
    lab.since = lab.store.mark()
    lab.put(thing("Event", "e2", reason="Killing", involvedObject=mine))
    lab.put(thing("Event", "e3", reason="Pulled", involvedObject=other))
    lab.put(thing("Event", "e4", reason="Pulled", involvedObject=mine))
    lab.put(thing("Event", "e1", reason="Created", involvedObject=mine, count=2))

    assert look(events.shows_events("Pod", "web", ["Killing", "Created"])).met
    assert look(events.shows_events("Pod", "web", ["Created", "Killing"])).seen == "events: Killing, Pulled, Created"


def test_events_of_a_pod(lab: Lab, look: Look) -> None:
    """All of them about one and the same of a workload's pods."""
    owner = thing("ReplicaSet", "web")
    for one in (owner, pod("a", owner=owner), pod("b", owner=owner)):
        lab.put(one)
    assert look(events.a_pod_shows_events("ReplicaSet", "web", ["Started"])).seen == "events: a: none; b: none"

    for number, (reason, about) in enumerate([("Started", "a"), ("BackOff", "b"), ("BackOff", "a")]):
        lab.put(thing("Event", f"e{number}", reason=reason, involvedObject={"uid": f"uid-{about}"}))
    assert look(events.a_pod_shows_events("ReplicaSet", "web", ["Started", "BackOff"])).met
    assert not look(events.a_pod_shows_events("ReplicaSet", "web", ["BackOff", "Started"])).met


def test_a_services_endpoints(lab: Lab, look: Look) -> None:
    """Ready addresses of its slices; the selected pods belong to the evidence."""
    lab.put(thing("Service", "web", spec={"selector": {"app": "web"}, "clusterIP": "10.0.0.1"}))
    ip = {"podIP": "10.1.0.1"}
    lab.put(pod("a", metadata={"labels": {"app": "web"}}, status=ip))
    assert look(services.has_no_endpoints("web")).seen == "web without endpoints: its controller has not looked for them yet"

    lab.put(thing("EndpointSlice", "web-0", metadata={"labels": {services.SERVICE_NAME: "web"}}))
    assert look(services.has_no_endpoints("web")).met

    points = [{"addresses": ["10.1.0.1"]}, {"addresses": ["10.1.0.2"], "conditions": {"ready": False}}]
    lab.put(thing("EndpointSlice", "web-1", metadata={"labels": {services.SERVICE_NAME: "web"}}, endpoints=points))
    found = look(services.has_endpoints("web", 1))
    assert (found.met, found.seen) == (True, "web with 1 endpoint: 10.1.0.1")
    assert [item["metadata"]["name"] for item in found.about] == ["web", "a"]
    assert not look(services.has_endpoints("other", 1)).about

    lab.put(pod("a", metadata={"labels": {"app": "another"}}, status=ip))
    assert look(services.has_endpoints("web", 1)).seen == "web with 1 endpoint: 10.1.0.1: its controller has not looked for them yet"


def test_a_services_addresses(lab: Lab, look: Look) -> None:
    """The external address that the load balancer gave."""
    lab.put(thing("Service", "web", spec={"clusterIP": "10.0.0.1"}))
    assert look(services.has_external_address("web")).seen == "web with no external address (pending)"

    lab.put(thing("Service", "web", status={"loadBalancer": {"ingress": [{"ip": "1.2.3.4"}]}}))
    assert look(services.has_external_address("web")).met


def test_image_names() -> None:
    """Docker Hub's defaults are omitted, others are not."""
    assert same_image("nginx", "docker.io/library/nginx:latest")
    assert not same_image("nginx:1.14", "ghcr.io/nginx:1.14")
    assert not same_image("", "")
