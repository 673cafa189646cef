"""Nothing leads out of a scenario's namespace: every attempt is refused in a sentence, and afterwards the cluster is as before.

By day those attempts that only the API server or kubectl refuses, on our own cluster. By night the same through a context, as on somebody
else's cluster, and those that kubelab itself refuses: tests/unit/test_attempts.py makes these without a cluster.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kubelab.clusters.kind import KindProvider
from kubelab.clusters.settings import Settings
from kubelab.plugin.namespaces import fresh_name
from kubelab.policy import OWN, shipped
from tests.attempts import SECRET, Attempt, attempts
from tests.cluster.foreign import Foreign
from tests.cluster.lab_runs import run_lab
from tests.cluster.test_student_mistakes import UNREADABLE

pytestmark = pytest.mark.cluster

VICTIM = fresh_name("victim")
"""The neighbour's namespace, and the name of an object in it and in the system's namespace."""
NEIGHBOUR = """\
apiVersion: v1
kind: Namespace
metadata: {name: HOME}
---
apiVersion: v1
kind: Secret
metadata: {name: NAME, namespace: HOME}
stringData: {text: TEXT}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: NAME, namespace: HOME}
data: {text: TEXT}
---
apiVersion: v1
kind: Pod
metadata: {name: NAME, namespace: HOME}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: victim, image: "IMAGE", command: [sh, -c, "echo TEXT; sleep 3600"]}]
"""
FLEETING = frozenset(
    {"CertificateSigningRequest", "ComponentStatus", "Endpoints", "EndpointSlice", "Event", "IPAddress", "Lease", "NodeMetrics"}
    | {"PersistentVolume", "PodMetrics", "VolumeAttachment"}
)
"""Kinds whose objects come and go because of others."""
OTHERS = re.compile(rf"(?!{VICTIM})(lab|students)-|kubelab-test")
"""Names of what other tests create at the same time."""
FINDING = "wrong-word"
"""The code of a sentence that is refused at collection."""
LAST = re.compile(rf"attempts\.feature:\d+(?:  When |:\d+: {FINDING} )")
"""How a failure or a finding names the sentence that makes the attempt, the only one with this keyword."""


@dataclass(frozen=True)
class Tried:
    """The result of a run of attempts: the text of each that failed, by its number, the output, and the cluster before and after."""

    chosen: Sequence[Attempt]
    told: Mapping[int, str]
    printed: str
    before: Mapping[str, str]
    after: Mapping[str, str]

    def wrong(self) -> dict[str, str]:
        """The attempts that were not refused as they must be, and what was reported instead."""
        told = {attempt.title: (attempt, self.told.get(number, "it passed")) for number, attempt in enumerate(self.chosen)}
        return {title: text for title, (attempt, text) in told.items() if not _is_refused(attempt, text)}


def _is_refused(attempt: Attempt, text: str) -> bool:
    return bool(LAST.search(text)) and attempt.is_told_in(text) and not UNREADABLE.search(text)


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    """The kind cluster "kubelab" as its owner has it, also through a context of another kubeconfig."""
    cluster = KindProvider(Settings()).find()
    assert cluster is not None
    made = Foreign(cluster, tmp_path_factory.mktemp("context"))
    made.write()
    return made


@pytest.fixture(scope="module")
def neighbour(owner: Foreign) -> Iterator[None]:
    """A namespace like that of another run, with a secret that is also in the system's namespace."""
    image = shipped(OWN)["busybox"].runs
    text = NEIGHBOUR.replace("NAME", VICTIM).replace("TEXT", SECRET).replace("IMAGE", image)
    system = [document.replace("HOME", "kube-system") for document in text.split("---\n")[1:3]]
    try:
        owner.kubectl("create", "namespace", VICTIM)
        owner.kubectl("wait", "--for=create", "serviceaccount/default", "-n", VICTIM, "--timeout=50s")
        owner.kubectl("apply", "-f", "-", text="---\n".join([text.replace("HOME", VICTIM), *system]))
        owner.kubectl("wait", "--for=condition=Ready", f"pod/{VICTIM}", "-n", VICTIM, "--timeout=50s")
        yield
    finally:
        owner.kubectl("delete", "namespace", VICTIM, "--wait=false", "--ignore-not-found")
        owner.kubectl("delete", "secret,configmap", VICTIM, "-n", "kube-system", "--ignore-not-found")


@pytest.fixture(scope="module", params=["kind", *(pytest.param(one, marks=pytest.mark.nightly) for one in ("context", "words"))])
def tried(request: pytest.FixtureRequest, owner: Foreign, neighbour: None, tmp_path_factory: pytest.TempPathFactory) -> Tried:  # noqa: ARG001
    """The attempts in one run: on kind or through a context those that kubelab does not refuse, or on kind those that it refuses."""
    chosen = [one for one in attempts(VICTIM) if (one.by == "words") == (request.param == "words")]
    folder = tmp_path_factory.mktemp("attempts")
    written(chosen, folder)
    before = everything(owner)
    words = ["-n", "4", str(folder / "attempts.feature")]
    if request.param != "context":
        printed, report = run_lab(folder, *words, timeout=900)[0].stdout, folder / "junit.xml"
    else:
        printed, report = owner.run(*words, timeout=900).printed, owner.folder / "junit.xml"
    return Tried(chosen, failures(report), printed, before, everything(owner))


def written(chosen: Sequence[Attempt], folder: Path) -> None:
    """Write the feature that makes the attempts, and its manifests."""
    lines = ["Feature: Attempts"]
    for number, attempt in enumerate(chosen):
        *before, last = attempt.sentences(number)
        lines += [f"\n  Scenario: Attempt {number}", *(f"    Given {one}" for one in before), f"    When {last}"]
        for name, text in attempt.files(number).items():
            (folder / name).write_text(text)
    (folder / "attempts.feature").write_text("\n".join(lines) + "\n")


def failures(report: Path) -> dict[int, str]:
    """The texts of the scenarios that failed, or whose sentence did not even begin; any other error, or a skip, is not a refusal."""
    cases = ET.parse(report).iter("testcase")  # noqa: S314  (our own file)
    told = {case.attrib["name"]: (case.findtext("failure"), case.findtext("error")) for case in cases}
    refused = {name: failure or error for name, (failure, error) in told.items() if failure or FINDING in (error or "")}
    return {int(name.rpartition(" ")[2]): text or "" for name, text in refused.items()}


def everything(owner: Foreign) -> dict[str, str]:
    """What belongs to the whole cluster, to its system and to the neighbour: each object as it was written, without its status."""
    wide = owner.kubectl("api-resources", "--verbs=list", "--namespaced=false", "-o", "name").split()
    narrow = owner.kubectl("api-resources", "--verbs=list", "--namespaced=true", "-o", "name").split()
    found = [owner.kubectl("get", ",".join(wide), "-o", "json")]
    found += [owner.kubectl("get", ",".join(narrow), "-o", "json", "-n", namespace) for namespace in ("kube-system", VICTIM)]
    return {name: text for listing in found for one in json.loads(listing)["items"] for name, text in _written(one)}


def _written(thing: dict[str, Any]) -> Iterator[tuple[str, str]]:
    metadata = thing["metadata"]
    if thing["kind"] in FLEETING or OTHERS.match(metadata["name"]):
        return
    kept = {key: metadata.get(key) for key in ("uid", "generation")}
    marks = {key for key in (*metadata.get("labels", {}), *metadata.get("annotations", {})) if "kubelab" not in key}
    rest = {key: value for key, value in thing.items() if key not in {"metadata", "status"}}
    name = "/".join([thing["kind"], metadata.get("namespace", ""), metadata["name"]])
    yield name, json.dumps([kept, sorted(marks), rest], sort_keys=True)


def test_every_attempt_is_refused_in_a_sentence(tried: Tried) -> None:
    """At the sentence that makes the attempt."""
    assert tried.wrong() == {}


def test_nothing_outside_the_namespaces_has_changed(tried: Tried) -> None:
    """Existing objects are unchanged; the only new ones are those that others create for the whole cluster."""
    assert {name for name, text in tried.before.items() if tried.after.get(name) != text} == set()
    new = tried.after.keys() - tried.before.keys()
    assert {name for name in new if "/out" in name or not re.match(r"\w+//", name)} == set()


def test_the_neighbour_s_secret_is_told_nowhere(tried: Tried) -> None:
    """Neither in plain text nor in base64."""
    assert len(tried.told) == len(tried.chosen), tried.printed
    for text in (tried.printed, *tried.told.values()):
        assert SECRET not in text
        assert "d2hhdC1ub2JvZHktbWF5LXJlYWQ" not in text
