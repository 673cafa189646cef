"""What a scenario needs of its cluster, checked before it begins: if the cluster cannot do it, the scenario is skipped with the reason."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

from kubelab.errors import NotHere
from kubelab.plugin.options import BASELINE, PRIVILEGED, chosen
from kubelab.plugin.pytest_bdd_scenarios import Subject
from kubelab.plugin.submitted import submission

if TYPE_CHECKING:
    from kubelab.abilities import Customs
    from kubelab.authoring import Step
    from kubelab.plugin.run import Run

ALWAYS = ("Event", "Pod")
"""The kinds that every scenario must watch."""


def of_cluster(run: "Run", subject: Subject | None) -> None:
    """What the cluster can do, before there is a namespace."""
    if subject is None:
        return
    lacking = run.lacking
    for step, definition in subject.bound if lacking else ():
        for ability in sorted(one.name for one in definition.requires(step.text)):
            if ability in lacking:
                _skip(run, subject, step, lacking[ability])


def of_images(run: "Run", subject: Subject | None) -> None:
    """Unpublished images of ours: our own cluster has them on its nodes, another one pulls them from where they were pushed."""
    if run.cluster.can.own_images or subject is None:
        return
    from kubelab.plugin.needs import unpublished  # noqa: PLC0415

    for step, image in unpublished(subject, run.config.rootpath, run.images):
        _skip(run, subject, step, f"our image for {image} is in no registry yet: kubelab image push REGISTRY, then --lab-images FILE")


def of_level(run: "Run", item: pytest.Item) -> None:
    """The Pod Security level: a lab that needs more than others says so by its tag."""
    if item.get_closest_marker(PRIVILEGED) and chosen(run.config).allow != PRIVILEGED:
        pytest.skip(f"it is tagged @{PRIVILEGED}, and this run allows Pods only what the level {BASELINE} allows (--lab-allow)")


def level(run: "Run", item: pytest.Item) -> str:
    """The Pod Security Standard of its namespace. For privileged Pods somebody else's cluster has its own default, "" here.

    What students have handed in is never privileged, whatever its exercise.
    """
    if submission(item) or not item.get_closest_marker(PRIVILEGED):
        return BASELINE
    return PRIVILEGED if run.cluster.can.ours else ""


def of_account(run: "Run", subject: Subject | None, namespace: str, kinds: Sequence[str]) -> Sequence[str]:
    """The kinds to watch: those that this account may watch, if the others are not essential."""
    if run.cluster.can.ours:
        return kinds
    unseen = customs(run).unseen([*kinds, "Event"], namespace)
    if subject and unseen:
        _require_sight(run, subject, unseen)
    return [kind for kind in kinds if kind not in unseen]


def _require_sight(run: "Run", subject: Subject, unseen: Mapping[str, str]) -> None:
    """Skip a scenario with a sentence about a kind which this account may not watch; `unseen` has the reason for each."""
    from kubelab.client.kinds import companions  # noqa: PLC0415

    for step, definition in subject.bound:
        beside = {companion for kind in definition.named(step.text) for companion in companions(kind)}
        for kind in sorted({*ALWAYS, *definition.kinds(step.text), *beside} & set(unseen)):
            _skip(run, subject, step, unseen[kind])


def of_namespace(run: "Run", subject: Subject | None, namespace: str) -> None:
    """What the cluster's defaults allow in the namespace: whether Pods are admitted, and whether claims get a volume."""
    if run.cluster.can.ours or subject is None:
        return
    from kubelab.plugin.needs import claims_storage  # noqa: PLC0415

    customs(run).admit(namespace)
    reason = customs(run).no_storage(namespace)
    for step in claims_storage(subject, run.config.rootpath) if reason else ():
        _skip(run, subject, step, reason)


def customs(run: "Run") -> "Customs":
    """What this process has found out about the cluster's namespaces."""
    from kubelab.abilities import Customs  # noqa: PLC0415

    found: Customs = run.known.setdefault("customs", Customs(run.client))
    return found


def _skip(run: "Run", subject: Subject, step: "Step", reason: str) -> None:
    """Skip a scenario because of its cluster; for one of ours with access to its nodes it is an error, since it can be recreated."""
    told = f"{subject.feature.shown}:{step.line}  {step}\n  {reason}"
    if run.cluster.can.ours and run.cluster.can.nodes:
        raise NotHere(f"{told}\n  Recreate the cluster: kubelab up --workers 2 --fresh")
    pytest.skip(told)
