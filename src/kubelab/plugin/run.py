"""One run of pytest in all its processes: its folder, its cluster, and the client for it."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.errors import LabFailure, SetupTrouble
from kubelab.plugin import run_facts
from kubelab.plugin.namespaces import LOCK_FILE
from kubelab.plugin.options import chosen, settings, value

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from kubelab.client import Client
    from kubelab.clusters.provider import Cluster, Provider
    from kubelab.policy import Substitution


@dataclass
class Run:
    """A run of pytest, in all its processes: its id names the folder they share."""

    config: pytest.Config
    id: str
    worker: bool
    lock: "BaseFileLock | None" = None
    has_labs: bool = False
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder that its processes share; SetupTrouble on a machine that has no place for it."""
        from kubelab.clusters.settings import state_folder  # noqa: PLC0415

        return state_folder() / "runs" / self.id

    @property
    def lock_file(self) -> Path:
        """The file that is locked while the run is alive."""
        return self.folder / LOCK_FILE

    @property
    def provider(self) -> "Provider":
        """The provider of this run's cluster."""
        if "provider" not in self.known:
            self.known["provider"] = self.config.hook.pytest_kubelab_provider(config=self.config, settings=settings(self.config))
        found: Provider = self.known["provider"]
        return found

    @property
    def cluster(self) -> "Cluster":
        """The cluster of this run; SetupTrouble where there is none."""
        found = self.facts()
        if found["trouble"]:
            raise SetupTrouble(found["trouble"])
        cluster: Cluster = self.known.setdefault("cluster", run_facts.cluster(found["cluster"]))
        return cluster

    @property
    def images(self) -> "Mapping[str, Substitution]":
        """What its cluster runs for the images that labs name."""
        if "images" not in self.known:
            self.known["images"] = images_of(self.config, self.cluster)
        found: Mapping[str, Substitution] = self.known["images"]
        return found

    @property
    def client(self) -> "Client":
        """The client for the cluster, one in each process."""
        if "client" not in self.known:
            self.connect(self.cluster)
        found: Client = self.known["client"]
        return found

    def connect(self, cluster: "Cluster") -> "Client":
        """Make the client for that cluster; nothing is changed by it where the run only looks at what is there."""
        made: Client = self.config.hook.pytest_kubelab_client(config=self.config, cluster=cluster)
        self.known["client"] = made.reading() if self.only_reads else made
        return self.client

    @property
    def only_reads(self) -> bool:
        """Whether everything is in a namespace already, and is only looked at (--lab-namespace)."""
        return bool(value(self.config, "namespace"))

    @property
    def lacking(self) -> dict[str, str]:
        """The names of the abilities that the cluster lacks, each with the reason."""
        found: dict[str, str] = self.facts()["lacking"]
        return found

    @property
    def uncontained(self) -> str:
        """Why the API server cannot keep labs in their namespaces, "" where it does."""
        return str(self.facts()["uncontained"])

    def finish(self) -> None:
        """Delete what this run left in the cluster, then release its lock and remove its folder."""
        from kubelab.plugin import command_lines, reaper  # noqa: PLC0415

        if not self.lock:
            return
        if "facts" in self.known and not self.known["facts"]["trouble"] and not self.only_reads:
            patience, kubectl = chosen(self.config).patience, command_lines.kubectl(self.cluster)
            self.say_or_complain(lambda: reaper.finish(self.client, self.provider, self.id, patience, kubectl))
        self.lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def say(self, lines: Sequence[str]) -> None:
        """Print lines on the terminal."""
        reporter: Any = self.config.pluginmanager.get_plugin("terminalreporter")
        for line in lines if reporter else ():
            reporter.write_line(line)

    def take_folder(self) -> None:
        """Make the run's folder and lock it; SetupTrouble if that fails."""
        from filelock import FileLock  # noqa: PLC0415  (only a run with labs needs it)

        self._make_folder()
        try:
            lock = FileLock(self.lock_file)
            lock.acquire()
        except OSError as error:
            raise run_facts.no_folder(error) from error
        self.lock = lock

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except (OSError, SetupTrouble) as trouble:
            raise run_facts.no_folder(trouble) from trouble

    def leave(self, found: dict[str, Any]) -> None:
        """Write the facts for the workers."""
        self.known["facts"] = run_facts.plain(found)
        if self.lock:
            try:
                run_facts.write(self.folder, found)
            except SetupTrouble as trouble:
                self.known["facts"] = {"cluster": None, "trouble": str(trouble)}

    def say_or_complain(self, reap: Callable[[], Sequence[str]]) -> None:
        """Print what `reap` deleted. If it fails, only say so: that must not hide the results of the scenarios."""
        try:
            self.say(reap())
        except (LabFailure, SetupTrouble, OSError) as error:
            self.say([f"kubelab: could not delete what was left behind: {error}"])

    def facts(self) -> dict[str, Any]:
        """What the controlling process found out about the cluster, or its trouble."""
        if "facts" not in self.known:
            self._make_folder()
            self.known["facts"] = run_facts.read(self.folder)
        found: dict[str, Any] = self.known["facts"]
        return found


RUN = pytest.StashKey[Run]()


def images_of(config: pytest.Config, cluster: "Cluster") -> "Mapping[str, Substitution]":
    """What a cluster runs for the images that labs name, by the settings of this run."""
    from kubelab import policy  # noqa: PLC0415

    return policy.chosen(cluster.images, settings(config).images)
