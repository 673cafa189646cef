"""Attempts to get out of a scenario's namespace, from `attempts.yaml`, and the features that make them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

VICTIM = "lab-victim-bcdfghjkl"
"""The namespace of a neighbour, named as those of other runs are."""
SECRET = "what-nobody-may-read"  # noqa: S105  (the tests check that it appears nowhere)
"""The text of the neighbour's Secret and ConfigMap."""
STRONG = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: strong}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:serviceaccounts"}]
---
apiVersion: v1
kind: Pod
metadata: {name: inside}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: inside, image: "centos:7", command: [sleep, "600"]}]
"""
"""A Pod whose account may do everything in its namespace."""
TOKEN = "$(cat /var/run/secrets/kubernetes.io/serviceaccount/token)"  # noqa: S105


@dataclass(frozen=True)
class Attempt:
    """What is tried, a part of the expected refusal, and who refuses."""

    family: str
    told: str
    run: str = ""
    then: str = ""
    node: str = ""
    say: str = ""
    ask: str = ""
    first: str = ""
    manifest: str = ""
    by: Literal["words", "server", "kubectl"] = "words"

    @property
    def title(self) -> str:
        """The attempt in one line."""
        return " ".join((self.node or self.say or self.ask or self.run or self.manifest).split())

    def is_told_in(self, text: str) -> bool:
        """Whether the refusal has the expected text."""
        return any(part in text for part in self.told.split("|"))

    def files(self, number: int) -> dict[str, str]:
        """The manifests by name."""
        texts = {f"{number}-first.yaml": STRONG if self.ask else self.first, f"{number}.yaml": self.manifest}
        return {name: text for name, text in texts.items() if text}

    def sentences(self, number: int) -> list[str]:
        """The steps of its scenario; the last one must be refused."""
        before = [f'I apply "{number}-first.yaml"'] if self.ask or self.first else []
        ready = ['Pod "inside" is ready'] if self.ask else []
        return [*before, *ready, *self._tries(number)]

    def _tries(self, number: int) -> list[str]:
        if self.node or self.say:
            return [self.say or f'I run "{self.node}" on a node']
        if not (self.ask or self.run):
            return [f'I apply "{number}.yaml"']
        lines = [asked(self.ask)] if self.ask else filter(None, [self.run, self.then])
        return ['I run "{}"'.format(line.replace("FILE", f"{number}.yaml").replace('"', r"\"")) for line in lines]


def asked(words: str) -> str:
    """The command by which a Pod sends a request to the API server, with its own token; the last of the words is the path."""
    *flags, path = words.split()
    bearer = f'-H "Authorization: Bearer {TOKEN}"'
    return f"kubectl exec inside -- sh -c 'curl -sSfk {bearer} {' '.join(flags)} https://kubernetes.default{path}'"


def attempts(victim: str = VICTIM) -> list[Attempt]:
    """All of them, in the order of the file; `victim` is the neighbour's namespace."""
    families = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text().replace("VICTIM", victim))
    return [Attempt(family, **one) for family, found in families.items() for one in found]
