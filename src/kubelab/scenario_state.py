"""What a scenario is and knows: where it runs, what has been seen, what is remembered, and which rights it has."""

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

from kubelab import kubectl
from kubelab.abilities import Right, in_words
from kubelab.answers.conversation import Conversation
from kubelab.errors import LabFailure, NotHere, SetupTrouble
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.observation import Observer
from kubelab.output import Output

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Cluster, Provider
    from kubelab.containment import Account
    from kubelab.observation import Mark, Store
    from kubelab.waiting import Hopeless, Noted


@dataclass(eq=False)
class ScenarioState:
    """What one scenario is and knows. Fields are facts of the run; those from `output` on, and `since`, change as it goes on.

    `account` is the scenario's own, None where the run can give none.
    `level` is the Pod Security level that its namespace asks for, "" for the cluster's default.
    `kinds` are those that its sentences name: they are watched in every namespace that the scenario creates.
    `folder` is the run's, None for the system's temporary one.
    `waits` has every wait of its sentences; the last one may be under way.
    `undo` is called in reverse order after the scenario, whatever happened: a step adds here what undoes its changes outside the namespace.
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
    waits: list["Noted"] = field(default_factory=list)
    undo: list[Callable[[], object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give commands a kubeconfig of their own, written when the first one needs it."""
        token = self.account.token if self.account else ""
        self.kubeconfig = kubectl.Kubeconfig(self.cluster, self.namespace, self.make_folder, token)

    def look_into(self, namespace: str, *kinds: str) -> None:
        """Watch kinds of another namespace too, until the scenario's end; NotHere where that is not allowed."""
        new = {(namespace, kind) for kind in kinds} - self.looking
        if new:
            for kind in kinds:
                self.require("watch", kind, namespace)
            observer = Observer(self.client, self.store, namespace, ())
            self.undo.append(observer.stop)
            self.looking |= new
            observer.watch(*sorted(kind for _, kind in new))

    def require(self, verb: str, kind: str, namespace: str = "", part: str = "") -> None:
        """NotHere where this account may not do that in somebody else's cluster; in ours it may do everything."""
        if not self.cluster.can.ours and not self.client.may(verb, kind, namespace, part):
            what = in_words([Right(verb, f"{kind}/{part}" if part else kind)])
            raise NotHere(f"this account may not {what}" + (f' in the namespace "{namespace}"' if namespace else ""))

    def seen(self, kind: str, name: str, namespace: str | None = None) -> Mapping[str, Any]:
        """The object as it was last seen, in the scenario's namespace or another watched one; LabFailure where there is none."""
        found = self.store.find(kind, name, namespace)
        if found is None:
            raise LabFailure(f'There is no {kind} "{name}".')
        return found

    def known(self, kind: str, name: str) -> None:
        """LabFailure where the object never existed in the scenario: a sentence that denies something of it would prove nothing."""
        if not self.store.view().has_had(kind, name):
            raise LabFailure(f'There never was a {kind} "{name}" in this scenario.')

    def before(self, kind: str, name: str) -> Mapping[str, Any]:
        """The object as it was just before the last When; LabFailure where there was none."""
        found = self.store.view(self.since).before.find(kind, name)
        if found is None:
            raise LabFailure(f'Before the last When there was no {kind} "{name}".')
        return found

    def make_folder(self) -> Path:
        """A folder that only this user can read, for files of the scenario; it is removed after the scenario."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        self.undo.append(partial(shutil.rmtree, folder))
        return folder

    def seen_here(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """The API server's answer, once the watches have shown it too: the next sentence must not see the state before."""
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
        """Begin a new stretch to look back over, before each When.

        Each kind has a watch of its own, and on a busy machine the Pods' watch may show their readiness later than the Deployment's;
        the stretch would then begin with an outdated state. If the cluster cannot be asked now, the When itself will fail.
        """
        with suppress(LabFailure, SetupTrouble):
            self.store.catch_up()
        self.since = self.store.mark()
