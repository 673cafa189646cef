"""The labs on somebody else's cluster of one node without a default StorageClass: skipped with a reason, never FAILED."""

from pathlib import Path

import pytest

from kubelab.clusters.kind import KindProvider
from kubelab.clusters.settings import Settings
from tests.cluster.foreign import Foreign
from tests.cluster.weather import SmallCluster

pytestmark = [pytest.mark.cluster, pytest.mark.nightly]
LABS = (
    "features/pods/run_a_pod.feature",
    "features/labels/node_labels.feature",
    "features/network/pod_network.feature",
    "features/controllers/daemon_set.feature",
    "features/controllers/stateful_set.feature",
    "features/controllers/stateful_set_storage.feature",
)


def test_one_node_without_a_default_class(chosen: SmallCluster, tmp_path: Path) -> None:
    """Labs that need a second node, a separate control plane or a volume are skipped; DaemonSets, labels and everything else run."""
    cluster = KindProvider(Settings(name=chosen.name)).find()
    assert cluster is not None
    foreign = Foreign(cluster, tmp_path)
    foreign.write()
    foreign.kubectl("annotate", "storageclass", "--all", "storageclass.kubernetes.io/is-default-class-")

    told = foreign.run(*LABS, "-n", "2")

    assert not told.count("failure") + told.count("error"), told.printed
    assert told.count("passed") > len(told.reasons)
    for reason in (
        "needs 2 worker nodes; this cluster has 1",
        "needs a node of the control plane that keeps Pods away; this cluster shows none",
        "needs a default StorageClass; this cluster has none",
    ):
        assert reason in told.printed
