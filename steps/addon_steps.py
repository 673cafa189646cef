"""What is installed once for the whole cluster, by the first scenario that asks for it, and stays installed."""

from pytest_bdd import given

from kubelab.abilities import Ability
from kubelab.addons import INGRESS_CONTROLLER, METALLB
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, requires

WATCHED = ("Deployment", "Pod")
"""What tells whether an addon serves: a failure names it when it does not."""


@given("the ingress controller is installed")
@by_hand("kubectl get pods,services -n ingress-nginx")
@requires(Ability.INGRESS)
def ingress_controller_is_installed(lab: Scenario) -> None:
    """Ingresses of the class "nginx" are served on the node ports 30100 (http) and 30200 (https) of every node."""
    lab.install(INGRESS_CONTROLLER)
    lab.look_into(INGRESS_CONTROLLER.namespace, *WATCHED)


@given("MetalLB is installed")
@by_hand("kubectl get pods -n metallb-system")
@requires(Ability.BALANCER)
def metallb_is_installed(lab: Scenario) -> None:
    """Services of type LoadBalancer get an address in the nodes' network, and answer there."""
    lab.install(METALLB)
    lab.look_into(METALLB.namespace, *WATCHED)
