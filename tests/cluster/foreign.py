"""A cluster as somebody else's: by a context of another kubeconfig, for its owner or for an account with few rights."""

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
from kubelab.policy import OWN, normal, shipped
from tests.cluster.changes import ROOT

CONTEXT = "somebodys"


@dataclass(frozen=True)
class Told:
    """What a run told: the verdict of each scenario, the reason of each that was skipped, and all that it printed."""

    verdicts: Mapping[str, str]
    reasons: Mapping[str, str]
    printed: str

    def count(self, verdict: str) -> int:
        """How many scenarios had it."""
        return list(self.verdicts.values()).count(verdict)


@dataclass(frozen=True)
class Foreign:
    """A kubeconfig file with the one context, in a folder of its own."""

    cluster: Cluster
    folder: Path

    @property
    def kubeconfig(self) -> Path:
        """The file; it says nothing of kubelab or kind."""
        return self.folder / "kubeconfig"

    def kubectl(self, *words: str, text: str = "", timeout: float = 60) -> str:
        """What the owner's kubectl prints."""
        command = [str(self.cluster.kubectl), "--kubeconfig", str(self.cluster.kubeconfig), "--context", self.cluster.context, *words]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=timeout).stdout

    def write(self, token: str = "") -> None:
        """Write the file; with a token for the account that has it."""
        known = json.loads(self.kubectl("config", "view", "--raw", "--minify", "--flatten", "--output", "json"))
        user = {"token": token} if token else known["users"][0]["user"]
        clusters = [{"name": "somewhere", "cluster": known["clusters"][0]["cluster"]}]
        context = {"name": CONTEXT, "context": {"cluster": "somewhere", "user": "somebody"}}
        made = {"apiVersion": "v1", "kind": "Config", "clusters": clusters, "contexts": [context]}
        self.kubeconfig.write_text(json.dumps({**made, "users": [{"name": "somebody", "user": user}]}))

    def run(self, *words: str, timeout: float = 300) -> Told:
        """Run labs there; words are paths of the root and options."""
        report = self.folder / "junit.xml"
        options = ["-p", "no:cacheprovider", "-p", "no:randomly", "--lab-context", CONTEXT, "--lab-images", str(self._images())]
        command = [sys.executable, "-m", "pytest", *options, f"--junitxml={report}", *words]
        environment = {**os.environ, "KUBECONFIG": str(self.kubeconfig)}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=timeout, env=environment)
        assert report.exists(), done.stdout + done.stderr
        cases = list(ET.parse(report).iter("testcase"))  # noqa: S314  (our own file)
        verdicts = {_id(case): next((part.tag for part in case if part.tag != "properties"), "passed") for case in cases}
        skipped = {_id(case): str(found.attrib["message"]) for case in cases if (found := case.find("skipped")) is not None}
        return Told(verdicts, skipped, done.stdout)

    def _images(self) -> Path:
        """A file for --lab-images: its nodes have the images of our own node image."""
        file = self.folder / "images.yaml"
        ours = {normal(one.lab): one for one in shipped(OWN).values()}
        images = [{"lab": one.lab, "runs": one.runs, "because": one.because} for one in ours.values()]
        file.write_text(json.dumps({"images": images}))
        return file


def _id(case: ET.Element) -> str:
    return f"{case.attrib['classname']}::{case.attrib['name']}"


@contextmanager
def account(foreign: Foreign, name: str, rules: Sequence[str]) -> Iterator[str]:
    """A ServiceAccount with these cluster-wide rules, `verb,verb kind,kind`, whose token the file holds; its namespace, gone at the end."""
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
    """While it lasts, the account gets the ClusterRole "admin" in each namespace of a scenario as it appears, as schools give it.

    Namespaces of others that run at the same time get it as well, and each takes a while: such a test has the cluster alone, at night.
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
