"""What a scenario needs for itself alone, among those that run at the same time: what its steps lock, and what its manifests need."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.errors import LabFailure

if TYPE_CHECKING:
    from kubelab.authoring import Step
    from kubelab.manifests import Document
    from kubelab.plugin.pytest_bdd_scenarios import Subject
    from kubelab.policy import Substitution

FILE = re.compile(r"[\w./-]+\.ya?ml\b")
"""A manifest in a sentence or a command."""
COMMANDS = re.compile(r"[\w./-]+\.sh\b")
"""A file of commands in a sentence."""
NODE_PORT = re.compile(r"--node-port[ =](\d+)")
"""A node port in a command, which takes it or finds it taken."""

NOWHERE = "localhost/"
"""The prefix of images that are in no registry; images of a mirror have the mirror's prefix."""


def needs(subject: "Subject", root: Path) -> set[str]:
    """Everything that it needs alone, in words, including the node ports, addresses and hosts of its manifests."""
    return {*subject.resources, *_by_manifests(subject, root), *_by_commands(subject, root)}


def claims_storage(subject: "Subject", root: Path) -> Iterator["Step"]:
    """The sentences whose manifests claim a volume with the cluster's default StorageClass."""
    from kubelab import manifests  # noqa: PLC0415

    return (step for step, documents in _read(subject, root) if any(manifests.claims_storage(one.body) for one in documents))


def unpublished(subject: "Subject", root: Path, policy: Mapping[str, "Substitution"]) -> Iterator[tuple["Step", str]]:
    """The sentences that name, also in their manifests, an image for which an unpublished image of ours runs; and that image."""
    from kubelab import manifests  # noqa: PLC0415

    ours = {lab: one for lab, one in policy.items() if one.made and one.runs.startswith(NOWHERE)}
    for step, documents in _read(subject, root) if ours else ():
        images = manifests.Images(ours)
        for document in documents:
            manifests.substituted(document.body, images)
        written = f"{step.text} {step.docstring or ''}"
        said = [lab for lab in ours if re.search(rf"(?<![\w./-]){re.escape(lab)}(?![\w/-])", written)]
        yield from ((step, lab) for lab in [*(one.lab for one in images.used()), *said])


def _read(subject: "Subject", root: Path) -> Iterator[tuple["Step", Sequence["Document"]]]:
    """Each sentence with the documents of its manifests. If one cannot be read, the sentence itself will fail."""
    from kubelab import manifests  # noqa: PLC0415

    limits = manifests.Limits(subject.manifest_limit)
    find = _finder(subject, root)
    for step, _ in subject.bound:
        found: list[Document] = []
        for file in _matches(FILE, step.text, find):
            with suppress(LabFailure, OSError):
                found += manifests.read(find(file), limits=limits)
        yield step, found


def _finder(subject: "Subject", root: Path) -> Callable[[str], Path]:
    from kubelab import manifests  # noqa: PLC0415

    return partial(manifests.find, folders=manifests.folders(subject.path, root), solution=subject.solution)


def _matches(pattern: re.Pattern[str], sentence: str, find: Callable[[str], Path]) -> Iterator[str]:
    """What is found in a sentence, and in the commands whose file it names."""
    from kubelab import manifests  # noqa: PLC0415

    yield from pattern.findall(sentence)
    for file in COMMANDS.findall(sentence):
        with suppress(LabFailure):
            yield from pattern.findall(manifests.text(find(file), file))


def _by_commands(subject: "Subject", root: Path) -> Iterator[str]:
    find = _finder(subject, root)
    return (f"node port {port}" for step, _ in subject.bound for port in _matches(NODE_PORT, step.text, find))


def _by_manifests(subject: "Subject", root: Path) -> Iterator[str]:
    """What its manifests, and the YAML texts under its sentences, need. If one cannot be read, its sentence will fail."""
    from kubelab import manifests  # noqa: PLC0415  (collection needs none of it)

    for _, documents in _read(subject, root):
        yield from manifests.needed_alone(documents)
    for step, definition in subject.bound:
        for kind in definition.kinds(step.text):
            with suppress(LabFailure):
                yield from manifests.needed_by({**manifests.fragment(step.docstring or "{}", "").body, "kind": kind})
