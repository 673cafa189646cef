"""Makes the world of a scenario from the run, its settings and the scenario's text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from kubelab.plugin import preconditions
from kubelab.plugin.options import chosen

if TYPE_CHECKING:
    from kubelab.containment import Account
    from kubelab.manifests import Images
    from kubelab.manifests.lab_manifests import LabManifests
    from kubelab.observation import Store
    from kubelab.plugin.pytest_bdd_scenarios import Subject
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

    of_world, of_lab, images = _live(run, store.namespace) if run.only_reads else _own(run)
    feature = subject.path if subject else item.path
    folders, limits = manifests.folders(feature, run.config.rootpath), manifests.Limits(chosen(run.config).manifest_limit)
    return of_world(
        title=item.name,
        feature=feature,
        namespace=store.namespace,
        cluster=run.cluster,
        provider=run.provider,
        client=run.client,
        store=store,
        since=store.mark(),
        manifests=of_lab(store.namespace, folders, images, limits, solution=subject.solution if subject else None),
        account=account,
        level=preconditions.level(run, item),
        kinds=kinds(subject),
        patience=chosen(run.config).patience,
        hopeless=hopeless.table(run.client, store.namespace, images),
        folder=run.folder,
    )


def _own(run: "Run") -> "tuple[type[Scenario], type[LabManifests], Images]":
    """The classes of a world and of its manifests, and its images, in a namespace of its own."""
    from kubelab import manifests  # noqa: PLC0415
    from kubelab.manifests.lab_manifests import LabManifests  # noqa: PLC0415
    from kubelab.policy import OWN  # noqa: PLC0415
    from kubelab.scenario import Scenario  # noqa: PLC0415

    return Scenario, LabManifests, manifests.Images(run.images, closed=run.cluster.images == OWN)


def _live(run: "Run", namespace: str) -> "tuple[type[Scenario], type[LabManifests], Images]":
    """The same in a namespace where everything runs already."""
    from kubelab.client.objects import all_containers  # noqa: PLC0415
    from kubelab.plugin.live_scenario import LiveManifests, LiveScenario, images  # noqa: PLC0415

    running = [one["image"] for pod in run.client.list("Pod", namespace) for one in all_containers(pod["spec"])]
    return LiveScenario, LiveManifests, images(run.images, running)
