"""A submission's namespace: what it contains, what its account may do there, and that it is in force before anything runs."""

import re
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from kubelab import containment
from kubelab.client import Client, Kind, Refused
from kubelab.client.kinds import BUILT_IN
from kubelab.containment import boundary, enclosure
from kubelab.errors import LabFailure, SetupTrouble

POLICY = "pods is forbidden: ValidatingAdmissionPolicy 'kubelab-submissions' with binding 'kubelab-submissions' denied request: no token"
UNKNOWN = "pods is forbidden: status unknown for quota: kubelab-submission"
NODES = [
    {"status": {"addresses": [{"type": "InternalIP", "address": "10.89.0.2"}, {"type": "Hostname", "address": "worker"}]}},
    {"status": {"addresses": [{"type": "InternalIP", "address": "fd00::3"}]}},
]


@dataclass
class Cluster:
    """A client that records what it applies; `says` are its answers to test Pods, "" if one is allowed, "bare" if one gets no limits."""

    says: list[str] = field(default_factory=lambda: ["", POLICY])
    applied: dict[str, dict[str, Any]] = field(default_factory=dict)
    tried: list[bool] = field(default_factory=list)
    refusal: Refused | None = None

    def kind(self, name: str) -> Kind:
        """Kubernetes' own."""
        if name not in BUILT_IN:
            raise LabFailure(f'The cluster knows no kind "{name}".')
        return BUILT_IN[name]

    def list(self, _kind: str) -> Any:
        """The nodes."""
        if self.refusal:
            raise self.refusal
        return NODES

    def apply(self, document: dict[str, Any], namespace: str) -> None:
        """Apply a document."""
        assert namespace == "lab-web-1"
        self.applied[document["kind"]] = document

    def rehearse(self, document: dict[str, Any], namespace: str) -> dict[str, Any]:
        """The next answer."""
        assert namespace == "lab-web-1"
        self.tried.append("automountServiceAccountToken" in document["spec"])
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if said not in {"", "bare"}:
            raise Refused(403, "Forbidden", said)
        resources = {} if said == "bare" else {"limits": {"cpu": "1"}}
        return {"spec": {"containers": [{"resources": resources}]}}

    def enclosed(self, *kinds: str, allowed: tuple[str, ...] = ()) -> str:
        """The name of the Role."""
        return containment.enclose(cast("Client", self), "lab-web-1", kinds, allowed)

    def may(self, verb: str, group: str, resource: str) -> bool:
        """Whether the Role lets a submission do that."""
        return any(
            group in rule["apiGroups"] and {resource, "*"} & set(rule["resources"]) and verb in rule["verbs"]
            for rule in self.applied["Role"]["rules"]
        )


def test_it_gets_all_that_keeps_it_small_and_within() -> None:
    """All under one name, by which the policies know it; the default account has no token."""
    cluster = Cluster()

    assert cluster.enclosed("Deployment") == "kubelab-submission"

    names = {kind: body["metadata"]["name"] for kind, body in cluster.applied.items()}
    assert names == {
        "ServiceAccount": "default",
        **dict.fromkeys(("ResourceQuota", "LimitRange", "NetworkPolicy", "Role"), "kubelab-submission"),
    }
    assert cluster.applied["ServiceAccount"]["automountServiceAccountToken"] is False


def test_every_kind_that_a_submission_may_make_is_counted() -> None:
    """So no kind can be created without limit."""
    cluster = Cluster()
    cluster.enclosed()

    hard = cluster.applied["ResourceQuota"]["spec"]["hard"]

    made = {kind for kind in BUILT_IN.values() if kind.namespaced and kind.kind not in enclosure.TOLD}
    counted = {name.removeprefix("count/") for name in hard}
    assert {f"{kind.plural}.{kind.group}" if kind.group else kind.plural for kind in made} <= counted
    assert all(int(number) <= 100 for number in hard.values())


def test_its_pods_send_to_pods_and_nodes_only() -> None:
    """And accept requests from everywhere."""
    cluster = Cluster()
    cluster.enclosed()

    spec = cluster.applied["NetworkPolicy"]["spec"]

    assert (spec["podSelector"], spec["policyTypes"]) == ({}, ["Egress"])
    blocks = [{"ipBlock": {"cidr": "10.89.0.2/32"}}, {"ipBlock": {"cidr": "fd00::3/128"}}]
    assert spec["egress"] == [{"to": [{"namespaceSelector": {}}, *blocks]}]


def test_without_the_right_to_list_nodes_none_is_named() -> None:
    """On somebody else's cluster."""
    cluster = Cluster(refusal=Refused(403, "Forbidden", "no"))
    cluster.enclosed()

    assert cluster.applied["NetworkPolicy"]["spec"]["egress"] == [{"to": [{"namespaceSelector": {}}]}]


def test_its_account_changes_what_its_exercise_is_about() -> None:
    """And the kinds that belong to them; it reads the rest."""
    cluster = Cluster()
    cluster.enclosed("Deployment", "Service", "Event", "Node", "CronJob")

    changed = [("apps", "deployments"), ("apps", "replicasets"), ("", "pods"), ("", "services"), ("batch", "cronjobs"), ("batch", "jobs")]
    assert all(cluster.may(verb, *one) for one in changed for verb in ("get", "create", "update", "patch", "delete"))
    assert cluster.may("patch", "apps", "deployments/scale")
    assert cluster.may("create", "", "pods/exec")
    assert cluster.may("get", "", "pods/log")
    assert cluster.may("list", "", "events")
    assert cluster.may("watch", "discovery.k8s.io", "endpointslices")


@pytest.mark.parametrize(
    "right",
    [
        *(
            ("create", "", name)
            for name in ("configmaps", "secrets", "events", "endpoints", "nodes", "namespaces", "serviceaccounts/token")
        ),
        *(("create", "", f"pods/{part}") for part in ("attach", "binding", "ephemeralcontainers", "eviction", "portforward", "proxy")),
        *((verb, "", name) for name in ("resourcequotas", "limitranges", "serviceaccounts") for verb in ("create", "patch", "delete")),
        *((verb, "networking.k8s.io", "networkpolicies") for verb in ("create", "patch", "delete")),
        *((verb, "rbac.authorization.k8s.io", name) for name in ("roles", "rolebindings") for verb in ("create", "patch", "delete")),
        *((verb, "", name) for name in ("configmaps", "secrets") for verb in ("get", "list")),
        ("create", "apps", "statefulsets"),
        ("create", "discovery.k8s.io", "endpointslices"),
        ("deletecollection", "", "pods"),
        ("impersonate", "", "users"),
    ],
)
def test_its_account_does_nothing_else(right: tuple[str, str, str]) -> None:
    """It cannot change its enclosure, nor what Kubernetes itself writes."""
    cluster = Cluster()
    cluster.enclosed("Deployment", "Event", "EndpointSlice", "Endpoints", "Node", "Namespace")

    assert not cluster.may(*right)
    assert not any("*" in rule["verbs"] or "*" in rule["apiGroups"] for rule in cluster.applied["Role"]["rules"])


def test_an_exercise_may_lift_the_limits() -> None:
    """The Pods are then allowed without."""
    cluster = Cluster(says=["bare", POLICY])

    cluster.enclosed(allowed=("limits",))

    assert "LimitRange" not in cluster.applied


def test_it_counts_before_anything_runs() -> None:
    """A quota that is not yet known, limits that are not yet set, an account that still has a token, a policy that is not yet read."""
    cluster = Cluster(says=[UNKNOWN, "bare", POLICY, "", "", "", POLICY])

    cluster.enclosed()

    assert cluster.tried == [False, False, False, False, True, False, True]


@pytest.mark.parametrize(
    ("says", "told"),
    [([UNKNOWN], "status unknown for quota"), (["bare"], "its Pods get no limits"), ([""], "it lets in a Pod with a token")],
)
def test_what_does_not_come_into_force_is_trouble(says: list[str], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No submission runs without it."""
    monkeypatch.setattr(enclosure, "LIMIT", 0.0)

    with pytest.raises(SetupTrouble, match=rf'does not keep the submission in its namespace "lab-web-1" within 0 s: .*{told}'):
        Cluster(says).enclosed()


def test_a_kind_that_the_cluster_does_not_know_is_told() -> None:
    """Before anything is applied."""
    cluster = Cluster()

    with pytest.raises(LabFailure, match='knows no kind "Websit"'):
        cluster.enclosed("Websit")
    assert cluster.applied == {}


def test_the_labels_say_what_the_exercise_allows() -> None:
    """For each setting that the policies know."""
    assert containment.labels(()) == {"kubelab/submission": "true"}
    assert containment.labels(("nodeName", "limits", "externalIPs")) == {
        "kubelab/submission": "true",
        "kubelab/allow-node-name": "true",
        "kubelab/allow-external-ips": "true",
    }


def policies() -> dict[str, dict[str, Any]]:
    """The admission policies for submissions, and the other documents of their file."""
    text = Path(boundary.__file__).with_name("submissions.yaml").read_text()
    return {f"{one['kind']} {one['metadata']['name']}": one for one in yaml.safe_load_all(text)}


def test_the_policies_speak_of_the_names_that_are_given() -> None:
    """The labels of the namespaces, the name of the enclosing objects, and the namespace of the accounts."""
    found = policies()
    text = str(found)

    assert set(re.findall(r"kubelab/[a-z-]+", text)) == {enclosure.SUBMISSION, *enclosure.LABELS.values()}
    assert f"!= '{enclosure.NAME}'" in text
    assert f"system:serviceaccount:{containment.SUBMITTED}:" in text
    assert {f"Namespace {containment.SUBMITTED}", f"ValidatingAdmissionPolicy {enclosure.POLICY.split(chr(39))[1]}"} <= set(found)


def test_the_policy_for_pods_knows_every_kind_that_has_some() -> None:
    """Like the guard, which runs before the API server."""
    from kubelab.submissions.forbidden_fields import TEMPLATES, VOLUMES  # noqa: PLC0415

    policy = policies()["ValidatingAdmissionPolicy kubelab-submissions"]["spec"]

    rules = policy["matchConstraints"]["resourceRules"]
    assert {name for rule in rules for name in rule["resources"]} == {BUILT_IN[kind].plural for kind in TEMPLATES}
    assert set(chain.from_iterable(rule["operations"] for rule in rules)) == {"CREATE", "UPDATE"}
    assert all(f"'{volume}'" in str(policy["validations"]).replace('"', "'") for volume in VOLUMES)


def test_elsewhere_a_submission_only_looks_and_sees_no_other_one() -> None:
    """No objects in other namespaces, and no namespaces, whose labels name students."""
    rules = policies()["ClusterRole kubelab-submissions"]["rules"]

    assert {verb for rule in rules for verb in rule["verbs"]} == {"get", "list", "watch"}
    seen = {name for rule in rules for name in rule["resources"]}
    assert not seen & {"*", "namespaces", *(kind.plural for kind in BUILT_IN.values() if kind.namespaced)}
