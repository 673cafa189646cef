"""The labs on somebody else's cluster: what needs no node of ours runs, the rest is skipped with a reason, and nothing is FAILED."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kubelab.clusters.kind import KindProvider
from kubelab.clusters.settings import Settings
from tests.cluster.foreign import Foreign, Told, account, self_service

pytestmark = pytest.mark.cluster

PARALLEL = ("-n", "2", "--dist", "worksteal")
BY_DAY = (
    "features/pods/run_a_pod.feature",
    "features/labels/node_labels.feature",
    "features/services/node_port.feature",
    "features/ingress/by_path.feature",
    "features/controllers/stateful_set_storage.feature",
)
RESTRICTED = """
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: {name: HOME}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [namespaces]}]
  matchConditions: [{name: by-this-account, expression: "request.userInfo.username == 'system:serviceaccount:HOME:ann'"}]
  reinvocationPolicy: Never
  mutations:
  - patchType: ApplyConfiguration
    applyConfiguration:
      expression: 'Object{metadata: Object.metadata{labels: {"pod-security.kubernetes.io/enforce": "restricted"}}}'
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: {name: HOME}
spec: {policyName: HOME}
"""
"""A cluster's default level, for one account only: other tests run beside this one."""
POLICIES = "mutatingadmissionpolicy,mutatingadmissionpolicybinding"


@pytest.fixture
def foreign(tmp_path: Path) -> Foreign:
    """The kind cluster "kubelab" through a context of another kubeconfig, as its owner."""
    cluster = KindProvider(Settings()).find()
    assert cluster is not None
    made = Foreign(cluster, tmp_path)
    made.write()
    return made


@pytest.fixture
def ann(foreign: Foreign) -> Iterator[str]:
    """An account that may create and delete namespaces, and has rights only in them; yields the namespace that it lives in."""
    with account(foreign, "ann", ["create,delete namespaces"]) as home, self_service(foreign, home, "ann"):
        yield home


def well(told: Told) -> Told:
    """The same result, if nothing failed and everything skipped has a reason in one line."""
    assert not told.count("failure") + told.count("error"), told.printed
    assert [reason for reason in told.reasons.values() if reason.count("\n  ") != 1] == []
    return told


def test_a_handful_of_labs_runs(foreign: Foreign) -> None:
    """Only labs that run programs on nodes are skipped."""
    told = well(foreign.run(*BY_DAY, *PARALLEL))

    assert told.count("passed") > len(told.reasons)
    assert all("are not ours. Run it on a kind cluster: kubelab up" in reason for reason in told.reasons.values())


@pytest.mark.nightly
def test_at_least_four_of_five_scenarios_run(foreign: Foreign) -> None:
    """Of all labs."""
    told = well(foreign.run("features", "-n", "4", "--dist", "worksteal", timeout=900))

    assert told.count("passed") >= 0.8 * len(told.verdicts), told.printed


@pytest.mark.nightly
def test_rights_in_the_own_namespaces_will_do(foreign: Foreign, ann: str) -> None:
    """For labs that need nothing else; the others name the right that is missing."""
    labs = ("features/pods/run_a_pod.feature", "features/labels/labels.feature", "features/services/dns.feature")
    told = well(foreign.run(*labs, "features/labels/node_labels.feature", *PARALLEL))

    assert told.count("passed") >= 10, (ann, told.printed)
    assert "this account may not list and watch Nodes" in told.printed


def test_without_namespaces_there_is_one_error_that_names_the_right(foreign: Foreign) -> None:
    """Nothing is tried."""
    with account(foreign, "ben", ["list nodes"]):
        told = foreign.run("features/pods/run_a_pod.feature")

    assert set(told.verdicts.values()) == {"error"}
    assert "This account may not create and delete Namespaces: every lab has one of its own." in told.printed


@pytest.mark.nightly
def test_where_pods_are_restricted_labs_ask_for_baseline_or_are_skipped(foreign: Foreign) -> None:
    """By the label of their namespace, if the account may set it; a lab that needs more is skipped, not failed."""
    labs = ("features/pods/webserver.feature", "features/controllers/deployment.feature", "features/network/hosts.feature")
    rules = ["create,delete,get,list,patch namespaces"]
    with account(foreign, "ann", rules) as home, self_service(foreign, home, "ann"):
        foreign.kubectl("apply", "-f", "-", text=RESTRICTED.replace("HOME", home))
        try:
            told = well(foreign.run(*labs, *PARALLEL))
        finally:
            foreign.kubectl("delete", POLICIES, home)

    assert told.count("passed") >= 6
    assert "the cluster's policy refuses a Pod of the lab (Pod Security baseline:latest)" in told.printed
