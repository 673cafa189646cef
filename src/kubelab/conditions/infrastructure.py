"""The cluster's own servers that a lab depends on, such as cluster DNS, and what is wrong with them."""

from kubelab.client.objects import Object, at, name
from kubelab.conditions.family import matching, ready_ones
from kubelab.observation import View


def troubles(view: View) -> list[str]:
    """A line for each Deployment that cannot serve, in the other namespaces that the scenario watches."""
    return [text for one in _deployments(view) if (text := _trouble(view, one))]


def _deployments(view: View) -> list[Object]:
    return [thing for (kind, home, _), thing in view.objects_by_key.items() if kind == "Deployment" and home != view.namespace]


def _trouble(view: View, deployment: Object) -> str:
    """Why it cannot serve: no pod is ready, or none is wanted."""
    home = at(deployment, "metadata", "namespace")
    if ready_ones(matching(view.objects("Pod", home), at(deployment, "spec", "selector", "matchLabels", default={}))):
        return ""
    wanted = at(deployment, "spec", "replicas", default=1)
    return f'Deployment "{name(deployment)}" of namespace "{home}" has no ready pod ({wanted} wanted)'
