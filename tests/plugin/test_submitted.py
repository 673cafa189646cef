"""Scenarios that run a student's submission: a stricter namespace, an account with fewer rights, and no run without these."""

import json

import pytest

from tests.plugin.conftest import Folder

SCENARIO = '\n  Scenario: Files\n    When I apply "given.yaml"\n    And I apply "asked.yaml"\n    Then Secret "a" is there\n'
SPY = """

import json
from dataclasses import replace

def pytest_collection_modifyitems(items):
    for item in items:
        item.assessment = replace(item.assessment, untrusted=True)

@when(parse("I apply {file:File}"))
def applies(lab, file):
    log("applied " + file)

def pytest_kubelab_client():
    class Spy(FakeClient):
        def create(self, document, _namespace=None):
            log("created " + json.dumps(document))
            return super().create(document)
        def apply(self, document, namespace=None):
            log("created " + json.dumps(document))
            return super().apply(document)
        def rehearse(self, document, namespace):
            if "automountServiceAccountToken" in document["spec"]:
                raise Refused(403, "Forbidden", "ValidatingAdmissionPolicy 'kubelab-submissions' with binding 'x' denied request: no")
            return document
        def delete(self, kind, name, namespace=None):
            log(f"deleted {kind} of {namespace}")
    return Spy()
"""
TAGS = "@exercise @file:asked.yaml @kind:ReplicaSet @allow:nodeName @allow:limits"
GIVEN = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
ASKED = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n"


@pytest.fixture
def submitted(folder: Folder) -> Folder:
    """A lab whose scenarios run a submission, with a given file and one that the student writes."""
    folder.feature(f"{SCENARIO}\n  @privileged\n  Scenario: Privileged\n    Then it is so\n")
    feature = next(folder.path.rglob("*.feature"))
    feature.write_text(f"{TAGS}\n{feature.read_text()}")
    (folder.path / "given.yaml").write_text(GIVEN)
    (folder.path / "asked.yaml").write_text(ASKED)
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + SPY)
    return folder


def test_its_namespace_is_enclosed_and_its_account_has_a_role(submitted: Folder) -> None:
    """With rights on the kinds that the exercise, its sentences and its own files name, but not on those of the student's file alone."""
    submitted.run("-k", "Files").assert_outcomes(passed=1)

    made = [json.loads(line.removeprefix("created ")) for line in submitted.log if line.startswith("created ")]
    by_kind = {one["kind"]: one for one in made}
    labels = by_kind["Namespace"]["metadata"]["labels"]
    assert (labels["kubelab/submission"], labels["kubelab/allow-node-name"]) == ("true", "true")
    assert "LimitRange" not in by_kind
    assert {"ResourceQuota", "NetworkPolicy"} <= set(by_kind)
    changed = {name for rule in by_kind["Role"]["rules"] if "delete" in rule["verbs"] for name in rule["resources"] if "/" not in name}
    assert changed == {"pods", "replicasets", "deployments", "configmaps", "secrets"}
    assert by_kind["RoleBinding"]["roleRef"]["kind"] == "Role"
    accounts = [one["metadata"]["namespace"] for one in made if one["kind"] == "ServiceAccount" and one["metadata"]["name"] != "default"]
    assert accounts == ["kubelab-submissions"]
    assert "deleted ServiceAccount of kubelab-submissions" in submitted.log


def test_its_pods_are_never_privileged(submitted: Folder) -> None:
    """Whatever the tag says."""
    submitted.run("-k", "Privileged").assert_outcomes(passed=1)

    [namespace] = [line for line in submitted.log if '"kind": "Namespace"' in line]
    assert '"pod-security.kubernetes.io/enforce": "baseline"' in namespace


def test_it_does_not_run_with_the_run_s_own_rights(submitted: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that says why and what to do."""
    monkeypatch.setenv("NO_ACCOUNTS", "1")

    result = submitted.run("-k", "Files")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*Submissions do not run with this account's own rights*it may not*", "*Take a context whose account may make*"]
    )
    assert not any(line.startswith("applied") for line in submitted.log)
