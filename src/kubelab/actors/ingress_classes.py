"""The IngressClass that the ingress controller serves, where somebody has deleted it: the controller leads no request then."""

from collections.abc import Iterator

from kubelab.actors.ground import Ground
from kubelab.actors.outage import Outage
from kubelab.addons import INGRESS_CONTROLLER
from kubelab.client.objects import name
from kubelab.conditions.serving import class_of

SERVED = "nginx"
"""Its name."""


def unserved_class(ground: Ground) -> Iterator[Outage]:
    """That the class is gone, where the controller is installed and the scenario has an Ingress of that class, or of none."""
    if not any(class_of(one) in {"", SERVED} for one in ground.around.all("Ingress")):
        return
    if ground.all("Deployment", INGRESS_CONTROLLER.namespace) and SERVED not in map(name, ground.all("IngressClass")):
        text = f'the IngressClass "{SERVED}" of the cluster is gone, which the ingress controller serves'
        yield Outage(text, "kubectl get ingressclasses")
