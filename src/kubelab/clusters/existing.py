"""A cluster of somebody else, named by a kubeconfig context: used as it is, and only if it was named."""

import difflib
import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kubelab import durations
from kubelab.clusters import programs
from kubelab.clusters.engine import direct
from kubelab.clusters.process import run
from kubelab.clusters.progress import Progress
from kubelab.clusters.provider import Cluster
from kubelab.clusters.server import Server
from kubelab.clusters.settings import Settings, state_folder
from kubelab.errors import NotHere, SetupTrouble
from kubelab.output import Output
from kubelab.policy import PUBLIC

ELSEWHERE = "Run it on a kind cluster: kubelab up"
"""What to do about a lab that somebody else's cluster cannot run."""


@dataclass(frozen=True)
class ExistingProvider:
    """The provider for the cluster of a kubeconfig context; it creates, repairs and removes nothing."""

    settings: Settings

    @property
    def context(self) -> str:
        """The context's name."""
        return str(self.settings.context)

    def find(self) -> Cluster | None:
        """The cluster if the context exists and its API server answers."""
        try:
            return self.up(Progress(quiet=True))
        except SetupTrouble:
            return None

    def up(self, progress: Progress) -> Cluster:  # noqa: ARG002  (there is nothing to wait for)
        """The cluster of the context; SetupTrouble when there is no such context or nothing answers there."""
        kubectl = programs.program("kubectl")
        server = Server(kubectl, self._own_copy(kubectl), self.context)
        version = server.version()
        if not version:
            said = server.ask("get", "--raw", "/version", "--request-timeout", "5s").tail
            raise SetupTrouble(
                f'The cluster of context "{self.context}" does not answer.\n  {said}\nTry: kubectl --context {self.context} version'
            )
        reason = f"{self.settings.chosen_by or 'the caller'} names this context"
        return Cluster(self.context, "existing", server.kubeconfig, self.context, version, reason, images=PUBLIC, kubectl=kubectl)

    def down(self, progress: Progress | None = None) -> None:  # noqa: ARG002  (nothing is removed)
        """SetupTrouble: we only remove clusters that we created."""
        raise SetupTrouble(f'The cluster of context "{self.context}" is not ours to remove.\nRemove ours: kubelab down')

    def execute(self, node: str, argv: Sequence[str], *, timeout: float = 10) -> Output:
        """NotHere: we cannot run programs on nodes that are not ours."""
        raise self._no_node(f"run {argv[0]} for {durations.short(timeout)} on", node)

    def by_hand(self, node: str, argv: Sequence[str]) -> str:  # noqa: ARG002  (a person gets in no more than we do)
        """NotHere, likewise."""
        raise self._no_node("run a program on", node)

    def outside(self, argv: Sequence[str], *, near: str = "", timeout: float = 10) -> Output:  # noqa: ARG002  (this machine is where we are)
        """Run curl on this machine."""
        return run(list(argv), timeout)

    def reach(self, node: str) -> None:
        """NotHere, likewise."""
        raise self._no_node("stop", node)

    def pause(self, node: str) -> None:
        """NotHere, likewise."""
        raise self._no_node("pause", node)

    def unpause(self, node: str) -> None:
        """NotHere, likewise."""
        raise self._no_node("unpause", node)

    def addresses(self) -> list[str]:
        """NotHere: we do not know which addresses are free in a network that is not ours."""
        raise NotHere(f'Which addresses a load balancer may give out is not known of the cluster of context "{self.context}".\n{ELSEWHERE}')

    def notes(self) -> list[str]:
        """None."""
        return []

    def collect_logs(self, folder: Path) -> None:
        """Write kubectl's dump of the system's namespace into the folder."""
        kubectl = programs.program("kubectl")
        words = ["cluster-info", "dump", "--output-directory", os.fspath(folder)]
        output = Server(kubectl, self._own_copy(kubectl), self.context).ask(*words, timeout=120)
        if not output.good:
            raise SetupTrouble(f'No logs of context "{self.context}".\n  {output.tail}\nTry: kubectl cluster-info dump')

    def _own_copy(self, kubectl: Path) -> Path:
        """A kubeconfig file of our own with just this context: the user's is never written, and may change meanwhile.

        Another cluster or account with the same context name has another file: two runs can go on at the same time.
        """
        words = ["config", "view", "--raw", "--minify", "--flatten", "--context", self.context]
        output = run([kubectl, *words], 10, direct(os.environ))
        if not output.good:
            raise SetupTrouble(self._unknown(kubectl, output.tail))
        name = re.sub(r"[^\w.-]", "_", self.context)
        path = state_folder() / "contexts" / f"{name}-{_digest(output.out)}.kubeconfig"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _keep(output.out, path)
        return path

    def _unknown(self, kubectl: Path, said: str) -> str:
        known = run([kubectl, "config", "get-contexts", "--output", "name"], 10).out.split()
        files = os.environ.get("KUBECONFIG") or "~/.kube/config"
        if self.context in known:
            return f'Context "{self.context}" of {files} cannot be read: {said}\nSee it: kubectl config view --context {self.context}'
        near = difflib.get_close_matches(self.context, known, 1)
        meant = f' Did you mean "{near[0]}"?' if near else ""
        there = f"It holds: {', '.join(known)}." if known else "It holds none."
        named = f" (named by {self.settings.chosen_by})" if self.settings.chosen_by else ""
        return f'There is no context "{self.context}"{named} in {files}. {there}{meant}\nSee them: kubectl config get-contexts'

    def _no_node(self, action: str, node: str) -> NotHere:
        return NotHere(f'Cannot {action} node "{node}": the nodes of context "{self.context}" are not ours.\n{ELSEWHERE}')


def _keep(text: str, path: Path) -> None:
    """Write the file for us alone, and in one move: other processes of the same run may be reading it."""
    if path.exists() and path.read_text() == text:
        return
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as fresh:
        fresh.write(text)
    Path(fresh.name).replace(path)


def _digest(text: str) -> str:
    """Eight hex digits that change with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
