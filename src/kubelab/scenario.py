"""What a step may do to the cluster in a scenario: apply, edit, delete, install, run a command.

Steps get it as `lab`. What a step may expect is said with `waiting` and `conditions`:

    @when(parse("I apply {file:File}"))
    @by_hand("kubectl apply -f {file}")
    def apply_file(lab: Scenario, file: str) -> None:
        \"\"\"Applies the manifest, found by the feature's folder.\"\"\"
        lab.apply(lab.manifests.read(file))
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kubelab import addons, belongings, containment, durations, kubectl, manifests
from kubelab.actors import require_controllers, require_kubelets
from kubelab.addons import Addon
from kubelab.clusters import node_files
from kubelab.clusters.process import TIMED_OUT
from kubelab.clusters.settings import locks_folder
from kubelab.conditions.build import elsewhere
from kubelab.conditions.presence import exists
from kubelab.errors import LabFailure
from kubelab.manifests import Document
from kubelab.output import Output
from kubelab.scenario_state import ScenarioState
from kubelab.waiting import require_no_trouble, until

if TYPE_CHECKING:
    from kubelab.client import Client

GAVE_UP = "timed out waiting"
"""What kubectl's commands that wait say at the end of their --timeout."""


class Scenario(ScenarioState):
    """The world of one scenario, and what its steps may do to the cluster.

    What the lab itself does (apply, edit, delete, kubectl commands) it does as its own `account`; the engine's reads and what sentences do
    to nodes are done as the run. Where the scenario has no account of its own (somebody else's cluster), everything is done as the run.
    """

    def apply(self, documents: Sequence[Document]) -> list[Mapping[str, Any]]:
        """Apply documents in order, after checking that they stay in the scenario's reach; the objects as the server has them."""
        if not documents:
            raise LabFailure("There is no object to apply: the text is empty.")
        for document in documents:
            manifests.held(document, self.namespace, self.client.resolve)
        self.manifests.applied += documents
        return [self._apply(self._own(document)) for document in manifests.ordered(documents)]

    def edit(self, kind: str, name: str, change: str) -> Mapping[str, Any]:
        """Change the fields of an object that a YAML text names; lists are merged by their merge key, as with `kubectl edit`."""
        manifests.refuse_others(kind, name, self.namespace, self.client.resolve(kind))
        part = manifests.fragment(change, "the text under the sentence")
        fields = manifests.substituted(part.body, self.manifests.images)
        with manifests.told(self.client, part, f'{kind} "{name}"', {**fields, "kind": kind}):
            return self.seen_here(self._hand.edit(kind, name, fields, self.namespace))

    def delete(self, kind: str, name: str, grace: int | None = None) -> None:
        """Delete an object and do not wait for its end; `grace` in seconds, the object's own when None."""
        manifests.refuse_others(kind, name, self.namespace, self.client.resolve(kind))
        self.seen_here(self._hand.delete(kind, name, self.namespace, grace))

    def install(self, addon: Addon) -> None:
        """Install an addon in the cluster, if it is not there: the first scenario that needs it does so, and it stays."""
        addons.install(
            addon.on(self.manifests.images.substitutions), self.client, self.provider, locks_folder(self.cluster.name), self.patience
        )

    def run(self, line: str) -> Output:
        """What a kubectl command printed; LabFailure with its words if it failed, SetupTrouble if it timed out waiting for an image."""
        output = self.attempt(line)
        if output.code and GAVE_UP in output.err:
            require_no_trouble(self)
        return _successful(line, output)

    def run_file(self, file: str) -> None:
        """Run each kubectl command of a file, as `run` does; LabFailure that names file and line at the first that fails."""
        for command in kubectl.commands(self.manifests.text(file), file):
            with command.told():
                self.run(command.line)

    def read_on(self, node: str, line: str) -> Output:
        """What a program that only reads printed on a node, also kept as `output`; LabFailure with its words if it failed."""
        self.output = node_files.read(self.provider, node, line)
        return _successful(line, self.output)

    def attempt(self, line: str) -> Output:
        """What a kubectl command printed, whether it succeeded or not; also kept as `output`."""
        limit = kubectl.LIMIT * self.patience
        self.output = kubectl.run(line, self.kubeconfig, self.manifests.images, self._files, self.client.resolve, limit=limit)
        if self.output.code == TIMED_OUT:
            require_no_trouble(self)
            raise LabFailure(
                expected=f"the command ends within {durations.short(limit)}: {line}", last_saw=self.output.out.strip() or "no output"
            )
        self.store.catch_up()
        return self.output

    def attend(self, wording: str) -> None:
        """SetupTrouble where the controllers or kubelets do not act; not known of a cluster where the scenario has no account."""
        if self.account:
            require_controllers(self.client, self.account, wording)
            require_kubelets(self.client, self.store.view(), wording)

    def _apply(self, document: Document) -> Mapping[str, Any]:
        with manifests.told(self.client, document, f'{document.kind} "{document.name}"', document.body):
            answer = self.seen_here(self._hand.apply(document.body, self.namespace))
        if document.kind == "Namespace":  # before it has an account of its own, it refuses pods
            self._enter(document.name)
            self.look_into(document.name, "ServiceAccount", *(kind for kind in self.kinds if self.client.kind(kind).namespaced))
            until(self, elsewhere(document.name, exists("ServiceAccount", "default")))
        return answer

    @property
    def _hand(self) -> "Client":
        """The client as which the lab changes the cluster."""
        return self.account.client if self.account else self.client

    def _enter(self, namespace: str) -> None:
        """Let the scenario's account work in another namespace of the scenario."""
        if self.account:
            containment.admit(self.client, self.account, namespace)

    def _own(self, document: Document) -> Document:
        """The document; a cluster-wide one is marked as the scenario's, and deleted after it."""
        if document.kind not in manifests.OWNABLE:
            return document
        self.require("create", document.kind)
        self.undo.append(partial(belongings.take_away, self.client, document.kind, document.name))
        return belongings.marked(document, self.client.get("Namespace", self.namespace))

    def _files(self, file: str) -> list[Document]:
        """The documents of a command's `-f`: they count as applied, so that sentences can be about what they declare."""
        documents = self.manifests.documents(self.output.out, "the output") if file == "-" else self.manifests.read(file)
        self.manifests.applied += documents
        return [self._own(manifests.held(document, self.namespace, self.client.resolve)) for document in documents]


def _successful(line: str, output: Output) -> Output:
    if output.code != 0:
        said = output.err.strip() or output.out.strip() or "it printed nothing"
        raise LabFailure(expected=f"the command succeeds: {line}", last_saw=f"exit code {output.code}: {said}")
    return output
