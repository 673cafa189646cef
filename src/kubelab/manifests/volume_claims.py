"""Whether a manifest claims a volume with the cluster's default StorageClass."""

from collections.abc import Mapping
from typing import Any


def claims_storage(body: Mapping[str, Any]) -> bool:
    """Whether an object claims a volume without naming a StorageClass, so that the cluster's default is used."""
    spec = body.get("spec") or {}
    own = [spec] if body.get("kind") == "PersistentVolumeClaim" else []
    claimed = [*own, *((one.get("spec") or {}) for one in spec.get("volumeClaimTemplates") or ())]
    return any("storageClassName" not in claim and "volumeName" not in claim for claim in claimed)
