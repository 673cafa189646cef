"""What labs may have installed, once for the whole cluster: an ingress controller, a load balancer."""

from kubelab.addons.addon import INGRESS_CONTROLLER, METALLB, Addon
from kubelab.addons.installation import install
from kubelab.addons.obstacles import obstacle

__all__ = ["INGRESS_CONTROLLER", "METALLB", "Addon", "install", "obstacle"]
