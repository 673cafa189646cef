"""What a scenario needs for itself alone, among all that run at the same time: what its steps lock, and what its manifests claim."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.errors import LabFailure

if TYPE_CHECKING:
    from kubelab.authoring import Step
    from kubelab.plugin.items import ScenarioItem

FILE = re.compile(r"[\w./-]+\.ya?ml\b")
"""A manifest in a sentence or a command."""


def needs(item: "ScenarioItem", root: Path) -> set[str]:
    """All of it, in words; the node ports, addresses and hosts of its manifests among them."""
    return item.resources | set(claims(item, root))


def claims_storage(item: "ScenarioItem", root: Path) -> Iterator["Step"]:
    """The sentences whose manifests claim a volume of the cluster's default class."""
    from kubelab import manifests  # noqa: PLC0415

    folders = manifests.folders(item.path, root)
    for step, _ in item.bound:
        for file in FILE.findall(step.text):
            with suppress(LabFailure, OSError):
                if any(manifests.claims_storage(document.body) for document in manifests.read(manifests.find(file, folders))):
                    yield step


def claims(item: "ScenarioItem", root: Path) -> Iterator[str]:
    """What its manifests, and the YAML texts under its sentences, take for themselves. What cannot be read its sentence will tell."""
    from kubelab import manifests  # noqa: PLC0415  (collection needs none of it)

    folders = manifests.folders(item.path, root)
    for step, definition in item.bound:
        for file in FILE.findall(step.text):
            with suppress(LabFailure, OSError):
                yield from manifests.claims(manifests.read(manifests.find(file, folders)))
        for kind in definition.kinds(step.text):
            with suppress(LabFailure):
                yield from manifests.claimed({**manifests.fragment(step.docstring or "{}", "").body, "kind": kind})
