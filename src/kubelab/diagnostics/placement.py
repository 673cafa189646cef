"""Why a Pod finds no node: the labels, resources, tolerations and volumes that it wants, and what there is."""

from collections.abc import Iterator, Sequence

from kubelab.client.objects import Object, at, condition, labels, name
from kubelab.conditions.controllers.node_selectors import holds
from kubelab.conditions.family import is_ending
from kubelab.conditions.serving import pairs
from kubelab.diagnostics.cause import Cause, there_is, title
from kubelab.diagnostics.surroundings import Surroundings

AFFINITY = ("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
NOTHING = "nothing of its own"


def homeless(around: Surroundings, pod: Object) -> Iterator[Cause]:
    """Why the scheduler cannot place a Pod."""
    scheduled = condition(pod, "PodScheduled")
    if scheduled.get("status") == "False":
        said = str(scheduled.get("message", ""))
        yield from (Cause(f"{title(pod)} is Pending: {text}", pod) for text in _wants(around, pod, said))


def wanted_labels(around: Surroundings, spec: Object) -> str:
    """`it wants disktype=ssd; no node has it (nodes: kubelab-worker)`, by a Pod's spec; "" where a node has all labels."""
    nodes = around.all("Node")
    selector = at(spec, "nodeSelector", default={})
    missing = {key: value for key, value in selector.items() if not any(labels(node).get(key) == value for node in nodes)}
    if missing:
        return f"its nodeSelector wants {pairs(missing)}; no node has {'it' if len(missing) == 1 else 'them'} {_nodes(nodes, missing)}"
    if selector and not any(selector.items() <= labels(node).items() for node in nodes):
        return f"its nodeSelector wants {pairs(selector)}; no node has all of it"
    terms: Sequence[Object] = at(spec, *AFFINITY, default=())
    if terms and not any(_fits(node, term) for node in nodes for term in terms):
        wants = " or ".join(" and ".join(map(_expression, at(term, "matchExpressions", default=()))) for term in terms)
        keys = {str(one.get("key")): "" for term in terms for one in at(term, "matchExpressions", default=())}
        return f"its node affinity wants {wants}; no node has it {_nodes(nodes, keys)}"
    return ""


def _wants(around: Surroundings, pod: Object, said: str) -> Iterator[str]:
    spec = pod.get("spec", {})
    if place := wanted_labels(around, spec):
        yield place
    if "PersistentVolumeClaim" in said or "persistentvolumeclaim" in said:
        yield from _claims(around, spec)
    if "Insufficient" in said:
        nodes = ", ".join(map(_room, around.all("Node")))
        yield f"it requests {_requests(spec)}, more than a node has free (nodes: {nodes}{_holders(around, pod)})"
    if "untolerated taint" in said and not place:
        yield f"it tolerates no taint of these nodes: {'; '.join(filter(None, map(_taints, around.all('Node'))))}"


def _claims(around: Surroundings, spec: Object) -> Iterator[str]:
    wanted = [at(volume, "persistentVolumeClaim", "claimName") for volume in at(spec, "volumes", default=())]
    for claim in filter(None, wanted):
        found = around.find("PersistentVolumeClaim", claim)
        if found is None:
            yield f'its volume claim "{claim}" does not exist{there_is(around.all("PersistentVolumeClaim"))}'
        elif at(found, "status", "phase") != "Bound":
            yield f'its volume claim "{claim}" is {at(found, "status", "phase", default="Pending")}{_storage(around, found)}'


def _storage(around: Surroundings, claim: Object) -> str:
    wanted = at(claim, "spec", "storageClassName", default="")
    classes = around.all("StorageClass")
    if wanted and not any(name(one) == wanted for one in classes):
        return f': there is no StorageClass "{wanted}"{there_is(classes)}'
    return ": it names no StorageClass, and no PersistentVolume fits it" if not wanted else f' (StorageClass "{wanted}")'


def _nodes(nodes: Sequence[Object], wanted: Object) -> str:
    told = [f"{name(node)}{_others(node, wanted)}" for node in nodes]
    return f"(nodes: {', '.join(told)})"


def _others(node: Object, wanted: Object) -> str:
    have = {key: labels(node)[key] for key in wanted if key in labels(node)}
    return f" has {pairs(have)}" if have else ""


def _fits(node: Object, term: Object) -> bool:
    return all(holds(one, labels(node)) for one in at(term, "matchExpressions", default=()))


def _expression(one: Object) -> str:
    values = one.get("values") or []
    if one.get("operator") == "In" and len(values) == 1:
        return f"{one.get('key')}={values[0]}"
    return " ".join(filter(None, [str(one.get("key")), str(one.get("operator")), ", ".join(map(str, values))]))


def _requests(spec: Object) -> str:
    asked = [at(one, "resources", "requests", default={}) for one in at(spec, "containers", default=())]
    told = [f"{key} {value}" for one in asked for key, value in one.items()]
    return ", ".join(told) or NOTHING


def _room(node: Object) -> str:
    room = at(node, "status", "allocatable", default={})
    return f"{name(node)} cpu {room.get('cpu')}, memory {room.get('memory')}"


def _holders(around: Surroundings, pod: Object) -> str:
    """The scenario's other Pods that take resources of a node; what other scenarios take is the cluster's fault, and told elsewhere."""
    others = [one for one in around.all("Pod") if name(one) != name(pod) and at(one, "spec", "nodeName")]
    return "".join(
        f"; {name(one)} on {one['spec']['nodeName']} holds {held}{_end(one)}"
        for one in others
        if (held := _requests(one["spec"])) != NOTHING
    )


def _end(pod: Object) -> str:
    return ", and is being deleted" if is_ending(pod) else ""


def _taints(node: Object) -> str:
    taints = ", ".join(map(_taint, at(node, "spec", "taints", default=())))
    return f"{name(node)} {taints}" if taints else ""


def _taint(taint: Object) -> str:
    value = f"={taint['value']}" if taint.get("value") else ""
    return f"{taint['key']}{value}:{taint['effect']}"
