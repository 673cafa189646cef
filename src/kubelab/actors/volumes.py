"""Claims without a volume: no default StorageClass, or a provisioner that does not run."""

from collections.abc import Iterator

from kubelab.actors.deployments import unserved
from kubelab.actors.ground import Ground
from kubelab.actors.outage import Outage
from kubelab.client.objects import Object, at, name

DEFAULT = "storageclass.kubernetes.io/is-default-class"
OURS = "standard"
"""The StorageClass that kind gives its clusters."""
PROVISIONERS = {"rancher.io/local-path": "local-path-storage"}
"""The namespace of the provisioners of kind's StorageClass."""
CLASSES = "kubectl get storageclass"


def unprovided(ground: Ground) -> Iterator[Outage]:
    """Why the claims that the failure is about, or that its Pods name, are not bound."""
    for claim in _claims(ground):
        if at(claim, "status", "phase") != "Bound" and not at(claim, "spec", "volumeName"):
            yield from _unbound(ground, claim)


def _claims(ground: Ground) -> list[Object]:
    found = [thing for thing in ground.about if thing.get("kind") == "PersistentVolumeClaim"]
    volumes = [volume for pod in ground.pods for volume in at(pod, "spec", "volumes", default=())]
    wanted = {claim for volume in volumes if (claim := at(volume, "persistentVolumeClaim", "claimName"))}
    mounted = [one for one in ground.all("PersistentVolumeClaim") if name(one) in wanted] if wanted else []
    named = [one for one in ground.named if one.get("kind") == "PersistentVolumeClaim"]
    return [*found, *named, *mounted]


def _unbound(ground: Ground, claim: Object) -> Iterator[Outage]:
    wanted, classes = at(claim, "spec", "storageClassName"), ground.all("StorageClass")
    is_ours = ground.scene.cluster.can.ours
    found = next((one for one in classes if name(one) == wanted), None)
    if wanted is None and not any(at(one, "metadata", "annotations", DEFAULT) == "true" for one in classes):
        yield Outage(f'the cluster has no default StorageClass, which claim "{name(claim)}" needs', CLASSES)
    elif wanted == OURS and found is None and is_ours:
        yield Outage(f'the StorageClass "{OURS}" of the cluster is gone, which claim "{name(claim)}" needs', CLASSES)
    elif home := PROVISIONERS.get(at(found, "provisioner", default="")):
        yield from unserved(ground, home)
