"""No file can break a run: two thousand broken ones give findings and failures in words, or work."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kubelab import manifests, policy
from kubelab.authoring import named, read
from kubelab.authoring.matching import bind
from kubelab.client import Client
from kubelab.client.connection import Response
from kubelab.client.discovery import Discovery
from kubelab.client.refusals import refusal
from kubelab.clusters.provider import OURS, Cluster
from kubelab.conditions.fields import partial
from kubelab.errors import LabFailure
from kubelab.manifests import Images
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.observation import Store
from kubelab.plugin.items import Bound
from kubelab.plugin.needs import needs
from kubelab.policy import Substitution
from kubelab.scenario import Scenario
from kubelab.vocabulary import catalogue
from tests.unit import broken_files
from tests.unit.client.openapi import APPS
from tests.unit.fake_api import status

MANY = settings(
    max_examples=1000, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
"""The same examples each time, so that a commit is either green or not."""
PYTHON = re.compile(
    r"Traceback|Error\b.*\(|object at 0x|<class|NoneType|Node\(tag=|codec can't|has no attribute|unhashable|argument of type"
)
"""What no message may contain."""
LONGEST = 12_000
"""Characters of a message: a name of 5,000 digits may be in it twice, a megabyte may not."""
REFUSALS = (
    'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.foo"',
    "failed to create typed patch object (lab/w; apps/v1, Kind=Deployment): .spec.replicas: expected numeric (int or float), got map",
    'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal array into Go struct field Pod.metadata of type v1.ObjectMeta',
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
)
"""Answers of an API server to malformed objects."""


class Server:
    """An API server that refuses some objects and accepts others, whatever they are; each request must have a valid API path."""

    def __init__(self) -> None:
        self.refusals = cycle([*REFUSALS, "", "", ""])

    def request(self, method: str, path: str, _query: Any = (), body: bytes | None = None, *_: Any, doing: str = "", **__: Any) -> Response:
        """Answer as a server would."""
        if method == "GET":
            known = (
                {"kind": "Namespace", "metadata": {"name": "lab", "labels": {}, "annotations": {}}}
                if path.endswith("/namespaces/lab")
                else {"items": []}
            )
            return Response(200, {}, json.dumps(APPS if "openapi" in path else known).encode())
        assert re.fullmatch(r"/(api|apis)(/[\w.%~:+-]+)+", path), path
        assert "/../" not in path
        sent = json.loads(body or b"{}", parse_constant=lambda constant: pytest.fail(f"{constant} is not JSON"))
        if sent.get("kind") == "Namespace":  # it would have to be watched, which this server does not support
            raise refusal(403, status(403, "Forbidden", "namespaces is forbidden"), doing)
        if message := next(self.refusals):
            raise refusal(422, status(422, "Invalid", message), doing)
        known = sent.get("metadata")
        return Response(200, {}, json.dumps({**sent, "metadata": {**(known if isinstance(known, dict) else {}), "uid": "1"}}).encode())


@cache
def server() -> Client:
    """A client of such a server."""
    client, connection = Client.__new__(Client), Server()
    client.connection = connection  # type: ignore[assignment]
    client._discovery = Discovery(connection)  # type: ignore[arg-type]
    return client


@cache
def substitutions() -> Mapping[str, Substitution]:
    """Those of our own node image."""
    return policy.chosen("own")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files."""
    return tmp_path_factory.mktemp("broken")


def lab(folder: Path) -> Scenario:
    """A scenario on that server."""
    nobody: Any = None
    cluster = Cluster(
        "c",
        "kind",
        folder / "config",
        "c",
        "v1",
        "",
        images="own",
        kubectl=Path("/bin/false"),
        can=OURS,
    )
    store, images = Store("lab"), Images(substitutions())
    return Scenario(
        "T", folder / "a.feature", "lab", cluster, nobody, server(), store, store.mark(), LabManifests("lab", (folder,), images)
    )


@contextmanager
def in_words() -> Iterator[None]:
    """Any failure is a lab's failure, in a few words without a Python error."""
    said = ""
    try:
        yield
    except LabFailure as failure:
        said = str(failure)
    assert not PYTHON.search(said)
    assert len(said) < LONGEST


@MANY
@given(text=broken_files.manifests())
def test_a_broken_manifest_fails_in_words(folder: Path, text: str) -> None:
    """Read, ordered, applied, edited, compared, and asked what it needs."""
    (folder / "a.yaml").write_text(text, encoding="utf-8", newline="")
    scenario = lab(folder)
    with in_words():
        scenario.apply(scenario.manifests.read("a.yaml"))
    with in_words():
        scenario.edit("Deployment", "web", text)
    with in_words():
        partial.parse(text)
    with in_words():
        manifests.needed_alone(manifests.read(folder / "a.yaml", "a.yaml"))


@cache
def sentences() -> Any:
    """The catalogue of our own sentences."""
    return catalogue()


@MANY
@given(text=broken_files.features())
def test_a_broken_feature_is_findings_or_scenarios(folder: Path, text: str) -> None:
    """Read, named and matched: no scenario is lost, no Python error is shown."""
    (folder / "a.feature").write_text(text, encoding="utf-8", newline="")
    feature = read(folder / "a.feature", "a.feature", known=lambda sentence: bool(sentences().matching(sentence)))
    bound: Bound = ()
    for name, scenario in named(feature.scenarios):
        bound, findings = bind(scenario, sentences(), "a.feature", sentences().matching)
        assert name
        assert not any(PYTHON.search(str(finding)) for finding in [*findings, *scenario.findings])
    assert feature.scenarios or feature.findings
    assert not any(PYTHON.search(str(finding)) for finding in feature.findings)
    assert needs(_Item(folder / "a.feature", bound), folder) is not None  # type: ignore[arg-type]


class _Item:
    """The part of a pytest item that `needs` uses."""

    def __init__(self, path: Path, bound: Bound) -> None:
        self.path, self.bound, self.resources, self.manifest_limit, self.solution = path, bound, set[str](), 1.0, None
