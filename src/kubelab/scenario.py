"""One scenario's world as a small value: where it runs, what has been seen, applied, remembered and printed.

Steps get it as `lab`. Its methods are what a step may do to the cluster; what a step may expect is said with `waiting` and `conditions`:

    @when(parse("I apply {file:File}"))
    @by_hand("kubectl apply -f {file}")
    def apply_file(lab: Scenario, file: str) -> None:
        \"\"\"Applies the manifest, found by the feature's folder.\"\"\"
        lab.apply(lab.manifests.read(file))
"""

import math
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelab import addons, belongings, containment, kubectl, manifests
from kubelab.abilities import Right, in_words
from kubelab.addons import Addon
from kubelab.answers.conversation import Conversation
from kubelab.clusters import node_files
from kubelab.clusters.process import TIMED_OUT, Output
from kubelab.clusters.settings import locks_folder
from kubelab.conditions.build import elsewhere
from kubelab.conditions.presence import exists
from kubelab.errors import LabFailure, NotHere, SetupTrouble
from kubelab.manifests import Document
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.observation import Observer
from kubelab.waiting import require_no_trouble, until

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Cluster, Provider
    from kubelab.containment import Account
    from kubelab.observation import Mark, Store
    from kubelab.waiting import Hopeless

GAVE_UP = "timed out waiting"
"""What kubectl's commands that wait say at the end of their --timeout."""


@dataclass(eq=False)
class Scenario:
    """The world of one scenario. Fields are facts of the run; those from `output` on, and `since`, change as it goes on.

    What the lab itself does (applies, edits, deletes, runs with kubectl) it does as its own `account`; what the engine looks at and what
    sentences do to nodes, as the run. Where the run's account can give none (somebody else's cluster), all is done as the run.
    `level` is the Pod Security level that its namespace asks for, "" for the cluster's default.
    `kinds` are those that its sentences name: they are watched in every namespace that the scenario makes.
    `folder` is the run's, None for the system's temporary one.
    `undo` is called backwards after the scenario, whatever happened: what a step changes beyond the namespace, it undoes here.
    """

    title: str
    feature: Path
    namespace: str
    cluster: "Cluster"
    provider: "Provider"
    client: "Client"
    store: "Store"
    since: "Mark"
    manifests: LabManifests
    account: "Account | None" = None
    level: str = ""
    kinds: Sequence[str] = ()
    patience: float = 1.0
    hopeless: Sequence["Hopeless"] = ()
    clock: Callable[[], float] = time.monotonic
    failed_at: float = math.inf
    output: Output = field(default_factory=lambda: Output(0, "", ""))
    memory: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    looking: set[tuple[str, str]] = field(default_factory=set)
    network: Conversation = field(default_factory=Conversation)
    folder: Path | None = None
    undo: list[Callable[[], object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Commands have a kubeconfig of their own, made when the first one needs it."""
        token = self.account.token if self.account else ""
        self.kubeconfig = kubectl.Kubeconfig(self.cluster, self.namespace, self.make_folder, token)

    def apply(self, documents: Sequence[Document]) -> list[Mapping[str, Any]]:
        """Apply documents in order, none that leaves the scenario's reach; the objects as the server has them."""
        if not documents:
            raise LabFailure("There is no object to apply: the text is empty.")
        for document in documents:
            manifests.held(document, self.namespace, self.client.resolve)
        self.manifests.applied += documents
        return [self._apply(self._own(document)) for document in manifests.ordered(documents)]

    def edit(self, kind: str, name: str, change: str) -> Mapping[str, Any]:
        """Change the fields of an object that a YAML text names, lists by their merge key, as `kubectl edit` would."""
        manifests.refuse_others(kind, name, self.namespace, self.client.resolve(kind))
        part = manifests.fragment(change, "the text under the sentence")
        fields = manifests.substituted(part.body, self.manifests.images)
        with manifests.told(self.client, part, f'{kind} "{name}"', {**fields, "kind": kind}):
            return self.seen_here(self._hand.edit(kind, name, fields, self.namespace))

    def delete(self, kind: str, name: str, grace: int | None = None) -> None:
        """Delete an object and do not wait for its end; `grace` in seconds, the object's own when None."""
        manifests.refuse_others(kind, name, self.namespace, self.client.resolve(kind))
        self.seen_here(self._hand.delete(kind, name, self.namespace, grace))

    def look_into(self, namespace: str, *kinds: str) -> None:
        """Watch kinds of another namespace too, until the scenario's end; NotHere where that may not be. Nothing there is changed."""
        new = {(namespace, kind) for kind in kinds} - self.looking
        if new:
            for kind in kinds:
                self.require("watch", kind, namespace)
            observer = Observer(self.client, self.store, namespace, ())
            self.undo.append(observer.stop)
            self.looking |= new
            observer.watch(*sorted(kind for _, kind in new))

    def require(self, verb: str, kind: str, namespace: str = "", part: str = "") -> None:
        """NotHere where this account may not do that in a cluster of somebody else's; in ours it may do everything."""
        if not self.cluster.can.ours and not self.client.may(verb, kind, namespace, part):
            what = in_words([Right(verb, f"{kind}/{part}" if part else kind)])
            raise NotHere(f"this account may not {what}" + (f' in the namespace "{namespace}"' if namespace else ""))

    def install(self, addon: Addon) -> None:
        """Have an addon in the cluster, for all scenarios: it is installed by the first one that asks, and stays."""
        addons.install(
            addon.on(self.manifests.images.substitutions), self.client, self.provider, locks_folder(self.cluster.name), self.patience
        )

    def seen(self, kind: str, name: str, namespace: str | None = None) -> Mapping[str, Any]:
        """The object as it was seen last, in the scenario's namespace or one it looks into; LabFailure where there is none."""
        found = self.store.find(kind, name, namespace)
        if found is None:
            raise LabFailure(f'There is no {kind} "{name}".')
        return found

    def known(self, kind: str, name: str) -> None:
        """LabFailure where there never was such an object in the scenario: a sentence that denies something of it would say nothing."""
        if not self.store.view().has_had(kind, name):
            raise LabFailure(f'There never was a {kind} "{name}" in this scenario.')

    def before(self, kind: str, name: str) -> Mapping[str, Any]:
        """The object as it was just before the last When; LabFailure where there was none."""
        found = self.store.view(self.since).before.find(kind, name)
        if found is None:
            raise LabFailure(f'Before the last When there was no {kind} "{name}".')
        return found

    def run(self, line: str) -> Output:
        """What a kubectl command printed; LabFailure with its words where it failed, SetupTrouble where it waited for an image in vain."""
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
        """What a program printed on a node, one that only reads: also kept as `output`; LabFailure with its own words where it failed."""
        self.output = node_files.read(self.provider, node, line)
        return _successful(line, self.output)

    def attempt(self, line: str) -> Output:
        """What a kubectl command printed, whether it succeeded or not: also kept as `output`."""
        limit = kubectl.LIMIT * self.patience
        self.output = kubectl.run(line, self.kubeconfig, self.manifests.images, self._files, self.client.resolve, limit=limit)
        if self.output.code == TIMED_OUT:
            require_no_trouble(self)
            raise LabFailure(expected=f"the command ends within {limit:g} s: {line}", last_saw=self.output.out.strip() or "no output")
        self.store.catch_up()
        return self.output

    def make_folder(self) -> Path:
        """A folder that only this user can read, for files of the scenario; it is removed after it."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        self.undo.append(partial(shutil.rmtree, folder))
        return folder

    def seen_here(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The API server's answer, once the watches have told it too: the next sentence must not take the state before for that after."""
        self.store.reached(answer)
        return answer

    def remember(self, role: str, thing: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep an object under the role it plays in the scenario's sentences, such as "the deleted Pod"."""
        self.memory[role] = thing
        return thing

    def recall(self, role: str) -> Mapping[str, Any]:
        """The object that plays the role; LabFailure where no earlier sentence spoke of one."""
        if role not in self.memory:
            raise LabFailure(f"No sentence before this one speaks of {role}.")
        return self.memory[role]

    def mark(self) -> None:
        """Begin a new stretch to look back over: done before each When.

        Each kind has a watch of its own, and on a busy machine one may tell of the Pods' readiness after another of the Deployment's;
        the stretch would then begin with a state that was over. What cannot be asked for now, the When itself will tell.
        """
        with suppress(LabFailure, SetupTrouble):
            self.store.catch_up()
        self.since = self.store.mark()

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
        """What changes the cluster for the lab."""
        return self.account.client if self.account else self.client

    def _enter(self, namespace: str) -> None:
        """Let the scenario's account work in another namespace of the scenario."""
        if self.account:
            containment.admit(self.client, self.account, namespace)

    def _own(self, document: Document) -> Document:
        """The document, if it belongs to the whole cluster marked as the scenario's, and taken away after it."""
        if document.kind not in manifests.OWNABLE:
            return document
        self.require("create", document.kind)
        self.undo.append(partial(belongings.take_away, self.client, document.kind, document.name))
        return belongings.marked(document, self.client.get("Namespace", self.namespace))

    def _files(self, file: str) -> list[Document]:
        """What a command's `-f` names: it counts as applied, so that a sentence may speak of what it declares."""
        documents = self.manifests.documents(self.output.out, "the output") if file == "-" else self.manifests.read(file)
        self.manifests.applied += documents
        return [self._own(manifests.held(document, self.namespace, self.client.resolve)) for document in documents]


def _successful(line: str, output: Output) -> Output:
    if output.code != 0:
        said = output.err.strip() or output.out.strip() or "it printed nothing"
        raise LabFailure(expected=f"the command succeeds: {line}", last_saw=f"exit code {output.code}: {said}")
    return output
