"""Requests, made from a Pod, from a node or from outside, and their answers."""

from pytest_bdd import given, then, when

from kubelab.abilities import Ability
from kubelab.answers import repeated_requests, requests, series, targets
from kubelab.network_requests import ask, asked, asked_since, certificate_of, keep_asking, name_worker, ports_of_nodes, question
from kubelab.scenario import Scenario
from kubelab.vocabulary import Pair, by_hand, live, locks, parse, requires, watches
from kubelab.waiting import until


@given(parse("host {host:Name} is a worker node"))
@by_hand("echo NODE-IP {host} | sudo tee -a /etc/hosts")
@watches("Node")
@locks("host {host}")
@requires(Ability.WORKER)
@live()
def name_a_worker(lab: Scenario, host: str) -> None:
    """Lets requests reach a worker node by that name; each name stands for another worker, as long as there are enough."""
    name_worker(lab, host)


@when(parse("I request {url:Url} {place:Place}"))
@by_hand("curl -i {url}")
@watches("Service", "EndpointSlice")
@live()
def request(lab: Scenario, url: str, place: str) -> None:
    """Requests a page once; the sentences about the answer repeat the request until they are true or their limit is over."""
    ask(lab, place, url)


@when(parse("I request {url:Url} {place:Place}, trusting the certificate of Secret {secret:Name}"))
@by_hand("curl -i --cacert CERTIFICATE {url}")
@watches("Service", "EndpointSlice", "Secret")
@live()
def request_trusting(lab: Scenario, url: str, place: str, secret: str) -> None:
    """Requests a page once over TLS: the server must present that certificate, or one signed with it, for the host of the URL."""
    ask(lab, place, url, authority=certificate_of(lab, secret))


@when(parse("I request {path:Text} of {kind:Kind} {name:Name} on port {port:Number} {place:Place}"))
@by_hand("curl -i http://ADDRESS:{port}{path}")
@watches("EndpointSlice")
@live()
def request_of(lab: Scenario, path: str, kind: str, name: str, port: int, place: str) -> None:
    """Requests a page at the object's own address, a Pod's IP or a Service's cluster IP; any answer will do."""
    ask(lab, place, path, targets.of_object(kind, name, port, path))
    until(lab, requests.is_answered(asked(lab)))


@when(parse("I keep requesting {url:Url} {place:Place}"))
@by_hand("while curl -sf {url}; do sleep 0.05; done")
@watches("Service", "EndpointSlice")
def keep_requesting(lab: Scenario, url: str, place: str) -> None:
    """Requests a page repeatedly in the background, until a sentence asks whether all requests were answered, or one is not answered."""
    keep_asking(lab, place, url)


@then(parse("throughout, every request was answered by a pod of {kind:Kind} {name:Name}"))
@by_hand("while curl -sf URL; do sleep 0.05; done")
def answered_throughout(lab: Scenario, kind: str, name: str) -> None:
    """Every request made until now was answered with a page, by a Pod that belongs to the object or belonged to it then."""
    until(lab, series.answered_throughout(*asked_since(lab), kind, name))


@then(parse("the answer has status {status:Number}"))
@by_hand("curl -i URL")
@live()
def has_status(lab: Scenario, status: int) -> None:
    """Its status code (RFC 9110) is that number, that of an error for two seconds; redirects are not followed."""
    until(lab, requests.has_status(asked(lab), status))


@then(parse("the answer shows {text:Text}"))
@by_hand("curl URL")
@live()
def shows(lab: Scenario, text: str) -> None:
    """Its body contains the text, whatever its status."""
    until(lab, requests.shows(asked(lab), text))


@then(parse("the answer has the header {header:Header}"))
@by_hand("curl -i URL")
@live()
def has_header(lab: Scenario, header: Pair) -> None:
    """It has that header, as "Name: value"."""
    until(lab, requests.has_header(asked(lab), header.key, header.value))


@then(parse("the answer redirects to {place:Text}"))
@by_hand("curl -i URL")
@live()
def redirects_to(lab: Scenario, place: str) -> None:
    """Its status is 3xx, and its Location header is that URL or one with that path; redirects are not followed."""
    until(lab, requests.redirects_to(asked(lab), place))


@then(parse("the answer sets the cookie {cookie:Name}"))
@by_hand("curl -i URL")
@live()
def sets_cookie(lab: Scenario, cookie: str) -> None:
    """It has a Set-Cookie header of that name, whatever the value."""
    until(lab, requests.sets_cookie(asked(lab), cookie))


@then(parse("the answer comes from a pod of {kind:Kind} {name:Name}"))
@by_hand("curl URL")
@live()
def comes_from(lab: Scenario, kind: str, name: str) -> None:
    """Its body names a Pod of the object: the page of a program that prints its host name."""
    until(lab, requests.comes_from(asked(lab), kind, name))


@then("there is no answer")
@by_hand("curl -i URL")
@live()
def no_answer(lab: Scenario) -> None:
    """For two seconds there is no connection, the name does not exist, or the certificate is not trusted."""
    until(lab, requests.is_not_answered(asked(lab)))


@then(parse("{times:Number} such requests are answered by {count:Number} pod"))
@then(parse("{times:Number} such requests are answered by {count:Number} pods"))
@by_hand("for i in $(seq {times}); do curl -s URL; done | sort | uniq -c")
@live()
def answered_by(lab: Scenario, times: int, count: int) -> None:
    """Each request is answered, over a new connection, by exactly that many Pods, by one for two seconds; each answer names its Pod."""
    until(lab, repeated_requests.answered_by(asked(lab), times, lambda pods: pods == count, f"{count} pods"))


@then(parse("of {times:Number} such requests some are answered and some are not"))
@by_hand("for i in $(seq {times}); do curl -s URL || echo nobody; done")
def answered_in_part(lab: Scenario, times: int) -> None:
    """Each request is made once, over a new connection, and is not repeated if there is no answer."""
    until(lab, repeated_requests.answered_in_part(asked(lab), times))


@then(parse("{times:Number} such requests with its cookies are answered by {count:Number} pod"))
@then(parse("{times:Number} such requests with its cookies are answered by {count:Number} pods"))
@by_hand("for i in $(seq {times}); do curl -s -b COOKIES URL; done | sort | uniq -c")
@live()
def answered_with_cookies_by(lab: Scenario, times: int, count: int) -> None:
    """Requests of a client that sends back the cookies of an earlier answer, as a browser does, are answered by exactly that many Pods."""
    until(lab, repeated_requests.answered_by(asked(lab), times, lambda pods: pods == count, f"{count} pods", cookies=True))


@then(parse("{times:Number} such requests, {apart:Duration} apart, are answered by more than one pod"))
@by_hand("for i in $(seq {times}); do curl -s URL; sleep {apart}; done | sort | uniq -c")
@live()
def answered_by_several(lab: Scenario, times: int, apart: float) -> None:
    """Requests with that much time between them, in which a Service may forget its client, are answered by more than one Pod."""
    until(lab, repeated_requests.answered_by(asked(lab), times, lambda pods: pods > 1, "more than one pod", apart))


@then(parse("{kind:Kind} {name:Name} answers {text:Text} on port {port:Number} {place:Place}"))
@by_hand("curl http://ADDRESS:{port}/")
@watches("EndpointSlice")
@live()
def answers_on(lab: Scenario, kind: str, name: str, text: str, port: int, place: str) -> None:
    """The page at the object's own address, a Pod's IP or a Service's cluster IP, contains the text."""
    until(lab, requests.shows(question(lab, place, f'{kind} "{name}" on port {port}', targets.of_object(kind, name, port)), text))


@then(parse("Service {name:Name} answers {text:Text} on port {port:Number} of its external address {place:Place}"))
@by_hand("curl http://EXTERNAL-IP:{port}/")
@watches("EndpointSlice")
@live()
def answers_on_external_address(lab: Scenario, name: str, text: str, port: int, place: str) -> None:
    """The page at the address that a load balancer gave it, or that its manifest names, contains the text."""
    until(lab, requests.shows(question(lab, place, f'the external address of "{name}"', targets.of_external_address(name, port)), text))


@then(parse("Service {name:Name} answers {text:Text} on its node port {place:Place}"))
@by_hand("curl http://NODE-IP:$(kubectl get service {name} -o jsonpath={{.spec.ports[0].nodePort}})/")
@watches("Node", "EndpointSlice")
@live()
def answers_on_node_port(lab: Scenario, name: str, text: str, place: str) -> None:
    """The page at the node port of its first port contains the text, requested at the control plane's address."""
    until(lab, requests.shows(question(lab, place, f'the node port of "{name}"', targets.of_node_port(name)), text))


@then(parse("port {port:Number} of every node answers {text:Text} {place:Place}"))
@by_hand("curl http://NODE-IP:{port}/")
@watches("Node", "Service", "EndpointSlice")
@locks("node port {port}")
@live()
def answers_on_every_node(lab: Scenario, port: int, text: str, place: str) -> None:
    """The page at that port of every node, the control plane's included, contains the text."""
    until(lab, requests.all_show(ports_of_nodes(lab, place, port), text))
