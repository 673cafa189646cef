"""Looks at the files of a submission before anything of it runs: can they be read, and does the guard let them pass."""

from collections.abc import Collection, Iterable
from pathlib import Path

from kubelab import manifests
from kubelab.errors import LabFailure
from kubelab.submissions.guard import guard

MANIFESTS = (".yaml", ".yml")
LIMITS = manifests.Limits(is_fixed=True)


def inspected(folder: Path, files: Iterable[str], kinds: Collection[str], allowed: Collection[str] = ()) -> list[str]:
    """What is refused of the manifests among these files of a folder, as `guard` says it, or why one cannot be read."""
    documents, unreadable = list[manifests.Document](), list[str]()
    for file in files:
        if file.endswith(MANIFESTS) and (folder / file).is_file():
            try:
                documents += manifests.read(folder / file, file, LIMITS)
            except LabFailure as failure:
                unreadable.append(str(failure))
    return unreadable or guard(documents, kinds, allowed)
