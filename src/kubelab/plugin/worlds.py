"""Makes the world of a scenario from the run, its settings and the scenario's text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from kubelab.plugin import preconditions
from kubelab.plugin.options import chosen

if TYPE_CHECKING:
    from kubelab.containment import Account
    from kubelab.observation import Store
    from kubelab.plugin.bound import Subject
    from kubelab.plugin.run import Run
    from kubelab.scenario import Scenario

USUAL = ("CronJob", "DaemonSet", "Deployment", "Ingress", "StatefulSet")
"""What is watched for a test in Python, with their companion kinds; it can add others by `lab.look_into`."""


def kinds(subject: "Subject | None") -> Sequence[str]:
    """The kinds to watch: those that the sentences name; for a test in Python, whose kinds are unknown, the most common ones."""
    from kubelab.client.kinds import with_companions  # noqa: PLC0415

    return with_companions(subject.kinds if subject else USUAL)


def scenario(run: "Run", item: pytest.Item, subject: "Subject | None", account: "Account | None", store: "Store") -> "Scenario":
    """Its world, before its first sentence."""
    from kubelab import hopeless, manifests  # noqa: PLC0415
    from kubelab.manifests.lab_manifests import LabManifests  # noqa: PLC0415
    from kubelab.policy import OWN  # noqa: PLC0415
    from kubelab.scenario import Scenario  # noqa: PLC0415

    images, feature = manifests.Images(run.images, closed=run.cluster.images == OWN), subject.path if subject else item.path
    folders, limits = manifests.folders(feature, run.config.rootpath), manifests.Limits(chosen(run.config).manifest_limit)
    return Scenario(
        title=item.name,
        feature=feature,
        namespace=store.namespace,
        cluster=run.cluster,
        provider=run.provider,
        client=run.client,
        store=store,
        since=store.mark(),
        manifests=LabManifests(store.namespace, folders, images, limits, solution=subject.solution if subject else None),
        account=account,
        level=preconditions.level(run, item),
        kinds=kinds(subject),
        patience=chosen(run.config).patience,
        hopeless=hopeless.table(run.client, store.namespace, images),
        folder=run.folder,
    )
