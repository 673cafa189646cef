"""Services: which Pods are behind them, the addresses they have, and the rules that kube-proxy makes of them."""

from pytest_bdd import step, then, when

from kubelab.abilities import Ability
from kubelab.answers import proxy
from kubelab.client.kinds import companions
from kubelab.conditions.build import elsewhere
from kubelab.conditions.services import endpoints_are, has_endpoints, has_external_address, has_no_endpoints, has_no_external_address
from kubelab.network_requests import address_of, every_node
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, locks, parse, requires, watches
from kubelab.waiting import stays, until


@step(parse("Service {name:Name} has {count:Number} endpoint"))
@step(parse("Service {name:Name} has {count:Number} endpoints"))
@step(parse("Service {name:Name} has {count:Number} endpoint within {limit:Duration}"))
@step(parse("Service {name:Name} has {count:Number} endpoints within {limit:Duration}"))
@by_hand("kubectl get endpointslices -l kubernetes.io/service-name={name}")
@live()
def service_has_endpoints(lab: Scenario, name: str, count: int, limit: float | None = None) -> None:
    """Exactly that many ready Pods, which its selector matches, are behind it."""
    until(lab, has_endpoints(name, count), limit)


@then(parse("the endpoints of Service {name:Name} are the pods of {kind:Kind} {workload:Name}"))
@by_hand("kubectl get endpointslices -l kubernetes.io/service-name={name}")
@live()
def endpoints_are_pods_of(lab: Scenario, name: str, kind: str, workload: str) -> None:
    """Its ready addresses are those of the Pods that the workload has now."""
    until(lab, endpoints_are(name, kind, workload))


@then(parse("the endpoints of Service {name:Name} of namespace {namespace:Name} are the pods of {kind:Kind} {workload:Name}"))
@by_hand("kubectl get endpointslices -n {namespace} -l kubernetes.io/service-name={name}")
def endpoints_elsewhere_are_pods_of(lab: Scenario, name: str, namespace: str, kind: str, workload: str) -> None:
    """The ready addresses of a Service in another namespace, such as the name server's, are those of the Pods the workload has now."""
    lab.look_into(namespace, "Service", "EndpointSlice", kind, *companions(kind))
    until(lab, elsewhere(namespace, endpoints_are(name, kind, workload)))


@then(parse("Service {name:Name} has no endpoints"))
@by_hand("kubectl get endpointslices -l kubernetes.io/service-name={name}")
@live()
def service_has_no_endpoints(lab: Scenario, name: str) -> None:
    """No ready Pod is behind it for two seconds."""
    until(lab, has_no_endpoints(name))


@then(parse("Service {name:Name} has an external address"))
@by_hand("kubectl get service {name}")
@live()
def service_has_external_address(lab: Scenario, name: str) -> None:
    """A load balancer gave it one: its EXTERNAL-IP is no longer pending."""
    until(lab, has_external_address(name))


@then(parse("Service {name:Name} waits for an external address for {duration:Duration}"))
@by_hand("kubectl get service {name} --watch")
@live()
def waits_for_external_address(lab: Scenario, name: str, duration: float) -> None:
    """It gets none: its EXTERNAL-IP stays pending for that long."""
    stays(lab, has_no_external_address(name), duration)


@when(parse("I give Service {name:Name} the address of host {host:Name} as external IP"))
@by_hand('kubectl patch service {name} -p \'{{"spec": {{"externalIPs": ["NODE-IP"]}}}}\'')
@locks("external IPs")
def give_external_ip(lab: Scenario, name: str, host: str) -> None:
    """Writes the node's address into `spec.externalIPs`: the Service then answers there too, at its own port."""
    lab.edit("Service", name, f"spec: {{externalIPs: [{address_of(lab, host)}]}}")


@then(parse("the rules of every node know the cluster IP of Service {name:Name}"))
@by_hand("iptables-save -t nat | grep {name}")
@watches("Node")
@requires(Ability.PROGRAMS)
def rules_know_cluster_ip(lab: Scenario, name: str) -> None:
    """kube-proxy's chain KUBE-SERVICES sends that address to the Service's own chain (KUBE-SVC)."""
    until(lab, proxy.has_cluster_ip_rule(name, every_node(lab)))


@then(parse("the rules of every node lead Service {name:Name} to {count:Number} pod"))
@then(parse("the rules of every node lead Service {name:Name} to {count:Number} pods"))
@by_hand("iptables-save -t nat | grep {name}")
@watches("Node")
@requires(Ability.PROGRAMS)
def rules_lead_to(lab: Scenario, name: str, count: int) -> None:
    """The Service's chain (KUBE-SVC) leads to that many chains of one Pod each (KUBE-SEP), of which one is chosen at random."""
    until(lab, proxy.leads_to(name, count, every_node(lab)))


@then(parse("the rules of every node take port {port:Number} for Service {name:Name}"))
@by_hand("iptables-save -t nat | grep {port}")
@watches("Node")
@requires(Ability.PROGRAMS)
def rules_take_port(lab: Scenario, port: int, name: str) -> None:
    """kube-proxy's chain KUBE-NODEPORTS sends that port to the Service."""
    until(lab, proxy.has_node_port_rule(name, port, every_node(lab)))


@then(parse("no rule of any node is left for Service {name:Name}"))
@by_hand("iptables-save -t nat | grep {name}")
@watches("Node", "Service")
@requires(Ability.PROGRAMS)
def no_rule_is_left(lab: Scenario, name: str) -> None:
    """kube-proxy has removed every rule that names it."""
    until(lab, proxy.none_left(name, every_node(lab)))
