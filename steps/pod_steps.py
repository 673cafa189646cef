"""Pods and their containers."""

from pytest_bdd import step, then

from kubelab.abilities import Ability
from kubelab.answers.container_logs import logs_show
from kubelab.client.objects import at
from kubelab.conditions import pods
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, parse, requires, watches
from kubelab.waiting import until


@step(parse("Pod {name:Name} is ready"))
@step(parse("Pod {name:Name} is ready within {limit:Duration}"))
@by_hand("kubectl wait --for=condition=Ready pod {name}")
@live()
def is_ready(lab: Scenario, name: str, limit: float | None = None) -> None:
    """All its containers run and are ready to serve."""
    until(lab, pods.ready(name), limit)


@step(parse("Pod {name:Name} is {phase:Phase}"))
@step(parse("Pod {name:Name} is {phase:Phase} within {limit:Duration}"))
@by_hand("kubectl get pod {name} -o jsonpath={{.status.phase}}")
@live()
def is_in_phase(lab: Scenario, name: str, phase: str, limit: float | None = None) -> None:
    """Its phase is Pending (for two seconds: every Pod is so at first), Running, Succeeded, Failed or Unknown."""
    until(lab, pods.in_phase(name, phase), limit)


@then(parse("Pod {name:Name} is on a worker node"))
@by_hand("kubectl get pod {name} -o wide")
@watches("Node")
@requires(Ability.WORKER)
@live()
def is_on_a_worker(lab: Scenario, name: str) -> None:
    """It is scheduled to a node that does not run the control plane."""
    until(lab, pods.on_worker(name))


@then(parse("Pod {name:Name} is on another node than Pod {other:Name}"))
@by_hand("kubectl get pods -o wide")
@requires(Ability.WORKERS)
@live()
def is_on_another_node(lab: Scenario, name: str, other: str) -> None:
    """Both are scheduled, to different nodes."""
    until(lab, pods.apart(name, other))


@then(parse("Pod {name:Name} has {ready:Number} of {count:Number} containers ready"))
@by_hand("kubectl get pod {name}")
@live()
def has_containers_ready(lab: Scenario, name: str, ready: int, count: int) -> None:
    """The READY column of kubectl get pods: how many of its containers are ready, 0 for two seconds, and how many it has."""
    until(lab, pods.containers_ready(name, ready, count))


@then(parse("Pod {name:Name} has image {image:Text} in container {container:Name}"))
@by_hand("kubectl get pod {name} -o yaml")
@live()
def declares_image(lab: Scenario, name: str, image: str, container: str) -> None:
    """Its specification names the image for that container; judged at once."""
    until(lab, pods.has_image(name, container, lab.manifests.images.runs(image), image))


@then(parse("container {container:Name} of Pod {name:Name} opens port {port:Number}"))
@by_hand("kubectl get pod {name} -o yaml")
@live()
def opens_port(lab: Scenario, container: str, name: str, port: int) -> None:
    """Its specification names the port for that container; judged at once."""
    until(lab, pods.opens_port(name, container, port))


@then(parse("container {container:Name} of Pod {name:Name} runs image {image:Text}"))
@by_hand("kubectl describe pod {name}")
@live()
def runs_image(lab: Scenario, container: str, name: str, image: str) -> None:
    """The container that runs now was made from the image."""
    until(lab, pods.runs_image(name, container, lab.manifests.images.runs(image), image))


@then(parse("container {container:Name} of Pod {name:Name} has restarted {count:Number} time"))
@then(parse("container {container:Name} of Pod {name:Name} has restarted {count:Number} times"))
@by_hand("kubectl get pod {name}")
@live()
def has_restarted(lab: Scenario, container: str, name: str, count: int) -> None:
    """Its restart count is that number, and it runs."""
    until(lab, pods.restarted(name, container, count))


@then(parse("the logs of Pod {name:Name} show {text:Text}"))
@by_hand("kubectl logs {name}")
@live()
def logs_of_pod_show(lab: Scenario, name: str, text: str) -> None:
    """Its only container has logged the text."""
    until(lab, logs_show(name, text, lambda: lab.client.logs(name, lab.namespace)))


@then(parse("the logs of Pod {name:Name} show the IP of Pod {other:Name}"))
@by_hand("kubectl logs {name}", "kubectl get pod {other} -o wide")
@live()
def logs_of_pod_show_ip(lab: Scenario, name: str, other: str) -> None:
    """Its only container has logged the address of the other Pod."""
    ip = at(lab.seen("Pod", other), "status", "podIP", default="no IP")
    until(lab, logs_show(name, ip, lambda: lab.client.logs(name, lab.namespace)))
