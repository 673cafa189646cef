"""A cluster as somebody else's: through a context of another kubeconfig, for its owner or for an account with few rights."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from kubelab.clusters.provider import Cluster
from kubelab.policy import OWN
from tests.cluster.changes import ROOT

CONTEXT = "somebodys"


@dataclass(frozen=True)
class Told:
    """The result of a run: the verdict of each scenario, the reason of each that was skipped, and everything that was printed."""

    verdicts: Mapping[str, str]
    reasons: Mapping[str, str]
    printed: str

    def count(self, verdict: str) -> int:
        """How many scenarios have this verdict."""
        return list(self.verdicts.values()).count(verdict)


@dataclass(frozen=True)
class Foreign:
    """A kubeconfig file with a single context, in a folder of its own."""

    cluster: Cluster
    folder: Path

    @property
    def kubeconfig(self) -> Path:
        """The file; it does not mention kubelab or kind."""
        return self.folder / "kubeconfig"

    def kubectl(self, *words: str, text: str = "", timeout: float = 60) -> str:
        """The output of the owner's kubectl."""
        command = [str(self.cluster.kubectl), "--kubeconfig", str(self.cluster.kubeconfig), "--context", self.cluster.context, *words]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=timeout).stdout

    def write(self, token: str = "") -> None:
        """Write the file; with a token, for the account that it belongs to."""
        known = json.loads(self.kubectl("config", "view", "--raw", "--minify", "--flatten", "--output", "json"))
        user = {"token": token} if token else known["users"][0]["user"]
        clusters = [{"name": "somewhere", "cluster": known["clusters"][0]["cluster"]}]
        context = {"name": CONTEXT, "context": {"cluster": "somewhere", "user": "somebody"}}
        made = {"apiVersion": "v1", "kind": "Config", "clusters": clusters, "contexts": [context]}
        self.kubeconfig.write_text(json.dumps({**made, "users": [{"name": "somebody", "user": user}]}))

    def run(self, *words: str, timeout: float = 300) -> Told:
        """Run labs there; the words are paths from the root and options. The nodes have the images of our own node image."""
        report = self.folder / "junit.xml"
        options = ["-p", "no:cacheprovider", "-p", "no:randomly", "--lab-context", CONTEXT, "--lab-images", OWN]
        command = [sys.executable, "-m", "pytest", *options, f"--junitxml={report}", *words]
        environment = {**os.environ, "KUBECONFIG": str(self.kubeconfig)}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=timeout, env=environment)
        assert report.exists(), done.stdout + done.stderr
        cases = list(ET.parse(report).iter("testcase"))  # noqa: S314  (our own file)
        verdicts = {_id(case): next((part.tag for part in case if part.tag != "properties"), "passed") for case in cases}
        skipped = {_id(case): str(found.attrib["message"]) for case in cases if (found := case.find("skipped")) is not None}
        return Told(verdicts, skipped, done.stdout)


def _id(case: ET.Element) -> str:
    return f"{case.attrib['classname']}::{case.attrib['name']}"


@contextmanager
def account(foreign: Foreign, name: str, rules: Sequence[str]) -> Iterator[str]:
    """A ServiceAccount with these cluster-wide rules, `verb,verb kind,kind`, whose token is in the file; yields its namespace."""
    home = f"students-{secrets.token_hex(3)}"
    user = f"{home}:{name}"
    try:
        foreign.kubectl("create", "namespace", home)
        foreign.kubectl("create", "serviceaccount", name, "-n", home)
        for number, (verbs, kinds) in enumerate(rule.split() for rule in rules):
            role = f"{home}-{number}"
            foreign.kubectl("create", "clusterrole", role, f"--verb={verbs}", f"--resource={kinds}")
            foreign.kubectl("create", "clusterrolebinding", role, f"--clusterrole={role}", f"--serviceaccount={user}")
        foreign.write(foreign.kubectl("create", "token", name, "-n", home).strip())
        yield home
    finally:
        for number in range(len(rules)):
            foreign.kubectl("delete", "clusterrole,clusterrolebinding", f"{home}-{number}", "--ignore-not-found")
        foreign.kubectl("delete", "namespace", home, "--wait=false", "--ignore-not-found")


@contextmanager
def self_service(foreign: Foreign, home: str, name: str) -> Iterator[None]:
    """Meanwhile, the account gets the ClusterRole "admin" in each scenario's namespace as soon as that appears, as schools grant it.

    Namespaces of other runs get it as well, and each takes a while: such a test has the cluster to itself, at night.
    """
    base = [str(foreign.cluster.kubectl), "--kubeconfig", str(foreign.cluster.kubeconfig), "--context", foreign.cluster.context]
    watch = [*base, "get", "namespaces", "--watch-only", "--output", "name", "-l", "app.kubernetes.io/managed-by=kubelab"]
    give = 'while read -r one; do "$@" create rolebinding student --clusterrole=admin --serviceaccount=USER -n "${one#namespace/}"; done'
    script = ["sh", "-c", give.replace("USER", f"{home}:{name}"), "sh", *base]
    with (
        subprocess.Popen(watch, stdout=subprocess.PIPE) as watching,
        subprocess.Popen(script, stdin=watching.stdout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as giving,
    ):
        try:
            yield
        finally:
            watching.kill()
            giving.kill()
