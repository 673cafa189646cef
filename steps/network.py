"""Requests and what answers them."""

from pytest_bdd import then, when

from kubelab.conditions.requests import FromANode, answers, responds
from kubelab.conditions.services import has_endpoints
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, parse, watches
from kubelab.waiting import until


@when(parse("I request {path:Text} of {kind:Kind} {name:Name} on port {port:Number} from a node"))
@by_hand("curl http://$(kubectl get {kind} {name} -o jsonpath={{.status.podIP}}):{port}{path}")
@watches("Node")
def request_from_a_node(lab: Scenario, path: str, kind: str, name: str, port: int) -> None:
    """Asks for a page at the object's own address, from the node of the control plane; any answer will do."""
    until(lab, responds(kind, name, port, path, FromANode(lab.provider)))


@then(parse("{kind:Kind} {name:Name} answers {text:Text} on port {port:Number} from a node"))
@by_hand("curl http://$(kubectl get {kind} {name} -o jsonpath={{.status.podIP}}):{port}/")
@watches("Node")
def answers_from_a_node(lab: Scenario, kind: str, name: str, text: str, port: int) -> None:
    """The page at the object's own address has the text in it, asked from the node of the control plane."""
    until(lab, answers(kind, name, port, text, FromANode(lab.provider)))


@then(parse("Service {name:Name} has {count:Number} endpoints"))
@then(parse("Service {name:Name} has {count:Number} endpoints within {limit:Duration}"))
@by_hand("kubectl get endpointslices -l kubernetes.io/service-name={name}")
def service_has_endpoints(lab: Scenario, name: str, count: int, limit: float | None = None) -> None:
    """So many ready Pods stand behind it."""
    until(lab, has_endpoints(name, count), limit)
