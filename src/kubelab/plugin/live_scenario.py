"""The world of a scenario in a namespace where everything runs already: what it would apply, the student has applied."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kubelab import kubectl, manifests
from kubelab.client.objects import at
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.manifests import Document, Images
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.output import Output
from kubelab.policy import Substitution, normal
from kubelab.scenario import Scenario


class LiveManifests(LabManifests):
    """Those of a lab whose student may have other files than the exercise asks for, or none: it is what runs that counts."""

    def read(self, file: str) -> list[Document]:
        """The documents of a manifest; none where the student has no such file here, or nothing in it."""
        if self.solution and file in self.solution.files and not _has_text(self.solution.folder / file):
            return []
        return super().read(file)


class LiveScenario(Scenario):
    """A world in which nothing is changed: its client refuses what is more than reading."""

    def apply(self, documents: Sequence[Document]) -> list[Mapping[str, Any]]:
        """Look whether the objects are there, which the student has applied; the objects as the server has them."""
        for document in documents:
            manifests.held(document, self.namespace, self.client.resolve)
        self.manifests.applied += documents
        return [self._found(document) for document in documents if at(document.body, "metadata", "name")]

    def attempt(self, line: str) -> Output:
        """What a kubectl command printed that only reads; SetupTrouble for another one."""
        if not kubectl.only_reads(line, self.namespace, self.client.resolve):
            raise SetupTrouble(f"Nothing is changed here, and this command does more than read: {line}")
        return super().attempt(line)

    def _found(self, document: Document) -> Mapping[str, Any]:
        found = self.client.get(document.kind, document.name, self.namespace)
        if found is None:
            wanted = f'{document.kind} "{document.name}" is in the namespace "{self.namespace}", as {document.where} declares it'
            raise LabFailure(expected=wanted, last_saw=f'no {document.kind} "{document.name}"')
        return found

    def _files(self, file: str) -> list[Document]:
        return self.manifests.read(file)


def images(substitutions: Mapping[str, Substitution], running: Sequence[str]) -> Images:
    """Named as labs name them: an image that stands for another one, where that runs in the namespace and the other one does not."""
    there = set(map(normal, running))
    standing = {lab: one for lab, one in substitutions.items() if normal(one.runs) in there and normal(lab) not in there}
    found = Images(standing)
    for lab in standing:
        found.replaced(lab)
    return found


def _has_text(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0
