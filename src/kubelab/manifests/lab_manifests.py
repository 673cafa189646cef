"""The YAML of a lab: found by the feature's folder, read with the images that the cluster runs, remembered once it is applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kubelab import manifests
from kubelab.errors import LabFailure
from kubelab.manifests import Document, Images, Limits, Solution


@dataclass(eq=False)
class LabManifests:
    """Where a scenario's manifests lie, what its images are, which namespace the word NAMESPACE stands for, and what it has applied.

    Of an exercise the files that students write lie in the folder of a `solution`.
    """

    namespace: str
    folders: Sequence[Path] = ()
    images: Images = field(default_factory=Images)
    limits: Limits = manifests.LIMITS
    applied: list[Document] = field(default_factory=list)
    solution: Solution | None = None

    def read(self, file: str) -> list[Document]:
        """The documents of a manifest of the lab, with the images that this cluster runs."""
        path = manifests.find(file, self.folders, self.solution)
        return self._ready(manifests.read(path, self._shown(path), self.limits))

    def text(self, file: str) -> str:
        """The text of another file of the lab, one of kubectl commands."""
        path = manifests.find(file, self.folders, self.solution)
        return manifests.text(path, self._shown(path), self.limits)

    def documents(self, text: str, shown: str) -> list[Document]:
        """The documents of a YAML text, with the images that this cluster runs; `shown` names the text in messages."""
        return self._ready(manifests.parse(text, shown, self.limits))

    def declared(self, kind: str, name: str) -> Mapping[str, Any]:
        """The object as the lab declared it last, in a manifest it applied."""
        found = [document.body for document in self.applied if (document.kind, document.name) == (kind, name)]
        if not found:
            raise LabFailure(f'No manifest of this scenario declares {kind} "{name}".')
        return manifests.meant(found[-1])  # type: ignore[no-any-return]

    def said(self, thing: Mapping[str, Any]) -> Mapping[str, Any]:
        """An object of the cluster with its images named as the lab names them."""
        return manifests.said(thing, self.images)  # type: ignore[no-any-return]

    def spelled(self, text: str) -> str:
        """A text of the lab with the scenario's own namespace, another one each time, in the place of the word NAMESPACE."""
        return manifests.spelled(text, self.namespace)

    def _ready(self, documents: Sequence[Document]) -> list[Document]:
        return [replace(document, body=self._meant(document.body)) for document in documents]

    def _meant(self, body: Any) -> Any:
        return manifests.substituted(manifests.named_after(body, self.namespace), self.images)

    def _shown(self, path: Path) -> str:
        root = self.solution.folder if self.solution and path.parent == self.solution.folder else self.folders[-1].parent
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
