"""The cluster that a check is made on: found or made before the first run, and asked what fields its kinds have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kubelab.errors import SetupTrouble
from kubelab.practice.judging import Hear, Judging, PytestJudging, Start, Task

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.client.schema import Schema
    from kubelab.clusters.provider import Cluster
    from kubelab.clusters.settings import Settings


@dataclass
class CheckCluster:
    """The cluster that the settings name. `judge` begins a run; `schemas` are those that were asked for.

    `only_there`: none is made, as what is judged runs already.
    """

    settings: "Settings"
    judge: Start = PytestJudging
    only_there: bool = False
    schemas: "dict[tuple[str, str], Schema | None]" = field(default_factory=dict)

    @cached_property
    def cluster(self) -> "Cluster":
        """The cluster, made if there is none; SetupTrouble where that cannot be."""
        from kubelab.clusters import provider, system  # noqa: PLC0415  (not needed for files with mistakes)
        from kubelab.clusters.progress import Progress  # noqa: PLC0415

        system.refuse()
        way = provider(self.settings)
        found = None if self.settings.context else way.find()
        if found is None and self.only_there and not self.settings.context:
            raise SetupTrouble(f'Cluster "{self.settings.name}" is not running, so that nothing runs there. See it: kubelab status')
        return found or way.up(Progress())

    @cached_property
    def client(self) -> "Client":
        """A client of it."""
        from kubelab.client import Client  # noqa: PLC0415

        return Client(self.cluster.kubeconfig, self.cluster.context)

    def start(self, task: Task, hear: Hear) -> Judging:
        """A run that waits, on the cluster: that takes long where it has to be made, so it is made here, where its progress is seen."""
        _ = self.cluster
        return self.judge(task, hear)

    def schema(self, body: Mapping[str, Any]) -> "Schema | None":
        """The fields of an object's kind; None where the cluster does not say."""
        kind = (str(body.get("apiVersion")), str(body.get("kind")))
        if kind not in self.schemas:
            self.schemas[kind] = self.client.schema(body)
        return self.schemas[kind]
