"""Names: what they resolve to, and which name they are an alias of."""

from pytest_bdd import then

from kubelab.answers import names
from kubelab.network_requests import place_of
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, parse
from kubelab.waiting import until


@then(parse("{host:Text} resolves to the cluster IP of Service {name:Name} {place:Place}"))
@by_hand("nslookup {host}")
@live()
def resolves_to_service(lab: Scenario, host: str, name: str, place: str) -> None:
    """The name's only address is the Service's."""
    until(lab, names.resolves(host, place_of(lab, place), names.cluster_ip(name), f'the cluster IP of Service "{name}"'))


@then(parse("{host:Text} resolves to the pods of {kind:Kind} {name:Name} {place:Place}"))
@by_hand("nslookup {host}")
@live()
def resolves_to_pods(lab: Scenario, host: str, kind: str, name: str, place: str) -> None:
    """The name's addresses are those of all its Pods, as a headless Service gives them."""
    until(lab, names.resolves(host, place_of(lab, place), names.pod_ips(kind, name), f'the pods of {kind} "{name}"'))


@then(parse("{host:Text} resolves to Pod {name:Name} {place:Place}"))
@by_hand("nslookup {host}")
@live()
def resolves_to_pod(lab: Scenario, host: str, name: str, place: str) -> None:
    """The name's only address is the Pod's."""
    until(lab, names.resolves(host, place_of(lab, place), names.pod_ips("Pod", name), f'Pod "{name}"'))


@then(parse("the pod record of Pod {name:Name} resolves to it {place:Place}"))
@by_hand("nslookup IP-WITH-DASHES.NAMESPACE.pod.cluster.local")
def pod_record_resolves(lab: Scenario, name: str, place: str) -> None:
    """The name made of its address, with dashes, and its namespace has the Pod's address."""
    host = names.pod_record(lab.seen("Pod", name))
    until(lab, names.resolves(host, place_of(lab, place), names.pod_ips("Pod", name), f'Pod "{name}"'))


@then(parse("{host:Text} is an alias of {target:Text} {place:Place}"))
@by_hand("nslookup -type=cname {host}")
def is_alias(lab: Scenario, host: str, target: str, place: str) -> None:
    """The name server answers with a CNAME record for that name, whether or not it resolves."""
    until(lab, names.is_alias(host, place_of(lab, place), target))


@then(parse("{host:Text} does not resolve {place:Place}"))
@by_hand("nslookup {host}")
def does_not_resolve(lab: Scenario, host: str, place: str) -> None:
    """The name has no address, and still has none two seconds later."""
    until(lab, names.does_not_resolve(host, place_of(lab, place)))
