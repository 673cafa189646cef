"""A scenario that runs a student's submission: what its namespace and its account are, so that nothing of it gets out."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import pytest

from kubelab.errors import LabFailure, SetupTrouble
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.needs import FILE

if TYPE_CHECKING:
    from kubelab.client.objects import Object
    from kubelab.containment import Account
    from kubelab.plugin.run import Run

ASKED = "file:"
"""How a feature's tag begins that names a file which students write."""


class Submission(Protocol):
    """What a submission's exercise asks for, as far as its containment needs to know it."""

    @property
    def kinds(self) -> Collection[str]:
        """The kinds that the student's files may declare."""

    @property
    def allows(self) -> Collection[str]:
        """The names of what the exercise allows beyond that (@allow:NAME)."""


def submission(item: pytest.Item) -> Submission | None:
    """The submission that a test runs, None for every other test."""
    return item.submission if isinstance(item, ScenarioItem) else None


def labels(item: pytest.Item) -> dict[str, str]:
    """The labels by which the API server knows the namespace of a submission; none for other tests."""
    from kubelab import containment  # noqa: PLC0415  (a run without labs needs none of it)

    found = submission(item)
    return containment.labels(found.allows) if found else {}


def refuse_uncontained(run: "Run", item: pytest.Item) -> None:
    """SetupTrouble where the API server cannot keep a submission in its place: it then does not run at all."""
    if run.uncontained and submission(item):
        raise SetupTrouble(
            f"Submissions do not run with this account's own rights, and the API server cannot give them less: {run.uncontained}\n"
            "Take a context whose account may make ClusterRoles and admission policies."
        )


def account(run: "Run", item: pytest.Item, home: "Object") -> "Account":
    """The scenario's own account; for a submission the namespace is enclosed before, and the account has what its Role says."""
    from kubelab import containment  # noqa: PLC0415

    found = submission(item)
    if found is None or not isinstance(item, ScenarioItem):
        return containment.given(run.client, home)
    kinds = {*found.kinds, *item.kinds, *_given(item)}
    role = containment.enclose(run.client, home["metadata"]["name"], kinds, found.allows)
    return containment.given(run.client, home, role)


def place(item: pytest.Item) -> str:
    """The namespace of the scenario's account."""
    from kubelab import containment  # noqa: PLC0415

    return containment.SUBMITTED if submission(item) else containment.HOME


def _given(item: ScenarioItem) -> Iterator[str]:
    """The kinds that the files of the lab itself declare, which its sentences name. What cannot be read its sentence will tell."""
    from kubelab import manifests  # noqa: PLC0415

    folders, limits = manifests.folders(item.path, item.config.rootpath), manifests.Limits(item.manifest_limit)
    asked = {tag.removeprefix(ASKED) for tag in item.feature.tags if tag.startswith(ASKED)}
    named = {file for step, _ in item.bound for file in FILE.findall(step.text)}
    for file in sorted(named - asked):
        with suppress(LabFailure, OSError):
            yield from (one.kind for one in manifests.read(manifests.find(file, folders), limits=limits))
