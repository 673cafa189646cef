"""Names: what they resolve to in a Pod, and which name they are an alias of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from kubelab.answers import names
from kubelab.answers.replies import Unasked
from kubelab.errors import LabFailure
from kubelab.observation import View
from kubelab.output import Output

POD = {
    "kind": "Pod",
    "metadata": {"name": "web-0", "namespace": "lab", "ownerReferences": [{"uid": "set", "controller": True}]},
    "status": {"podIP": "10.244.1.2"},
}
SET = {"kind": "StatefulSet", "metadata": {"name": "web", "namespace": "lab", "uid": "set"}}
SERVICE = {"kind": "Service", "metadata": {"name": "web", "namespace": "lab"}, "spec": {"clusterIP": "10.96.0.7"}}
DNS = {
    "kind": "Deployment",
    "metadata": {"name": "coredns", "namespace": "kube-system"},
    "spec": {"replicas": 2, "selector": {"matchLabels": {"k8s-app": "kube-dns"}}},
}
SERVER = {
    "kind": "Pod",
    "metadata": {"name": "coredns-x", "namespace": "kube-system", "labels": {"k8s-app": "kube-dns"}},
    "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]},
}


def view(*objects: dict[str, Any]) -> View:
    """The view with these objects."""
    return View("lab", {(one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one for one in objects})


@dataclass
class Resolver:
    """A place whose resolver knows these names, and whose name server knows these aliases."""

    known: Mapping[str, Sequence[str]]
    said: str = ""
    words: str = 'from Pod "client"'
    known_name: str = "kubernetes.default"
    fault: Output | Unasked | None = None

    def server(self, _view: View) -> str:
        """Not used."""
        raise AssertionError

    def run(self, _view: View, argv: Sequence[str], _seconds: float) -> Output | Unasked:
        """Answer like getent and busybox' nslookup."""
        if self.fault is not None:
            return self.fault
        if argv[0] == "busybox":
            return Output(0, self.said, "")
        found = self.known.get(argv[-1], ())
        lines = [f"{address:<15} {how} {argv[-1] if how == 'STREAM' else ''}" for address in found for how in ("STREAM", "DGRAM", "RAW")]
        return Output(0 if lines else 2, "\n".join(lines), "")


RESOLVER = Resolver({"kubernetes.default": ["10.96.0.1"], "web": ["10.96.0.7"], "pods": ["10.244.1.2"]})


@pytest.mark.parametrize(
    ("host", "wanted", "met"),
    [
        ("web", names.cluster_ip("web"), True),
        ("pods", names.cluster_ip("web"), False),
        ("pods", names.pod_ips("StatefulSet", "web"), True),
        ("pods", names.pod_ips("Pod", "web-0"), True),
        ("none", names.pod_ips("Pod", "web-0"), False),
        ("web", names.cluster_ip("other"), False),
    ],
)
def test_what_a_name_resolves_to(host: str, wanted: names.Addresses, *, met: bool) -> None:
    """All of the addresses and no other."""
    assert names.resolves(host, RESOLVER, wanted, "it").observe(view(POD, SET, SERVICE)).met is met


def test_a_failure_tells_what_it_resolved_to_and_that_the_name_server_is_gone() -> None:
    """A server that runs is not mentioned."""
    condition = names.resolves("none", RESOLVER, names.cluster_ip("web"), 'the cluster IP of Service "web"')

    assert condition.wording == '"none" resolves to the cluster IP of Service "web" from Pod "client"'
    assert condition.observe(view(SERVICE, DNS)).seen == (
        'no address, where 10.96.0.7 should be · Deployment "coredns" of namespace "kube-system" has no ready pod (2 wanted)'
    )
    assert condition.observe(view(SERVICE, DNS, SERVER)).seen == "no address, where 10.96.0.7 should be"
    assert names.resolves("web", RESOLVER, names.cluster_ip("none"), "it").observe(view()).seen == 'no Service "none"'


def test_addresses_that_are_yet_to_come_are_waited_for() -> None:
    """The Pods without an address are named."""
    late = {**POD, "status": {}}

    assert names.resolves("web", RESOLVER, names.pod_ips("Pod", "web-0"), "it").observe(view(late)).seen == "web-0 without an IP yet"
    assert (
        names.resolves("web", RESOLVER, names.pod_ips("StatefulSet", "web"), "it").observe(view(SET)).seen
        == 'StatefulSet "web" has no pods'
    )


def test_an_unknown_name_does_not_resolve() -> None:
    """And what is found instead is reported."""
    assert names.does_not_resolve("none", RESOLVER).observe(view()).met
    assert names.does_not_resolve("web", RESOLVER).observe(view()).seen == "10.96.0.7"


@pytest.mark.parametrize(
    ("resolver", "seen"),
    [
        (Resolver({}), 'no address, but "kubernetes.default" does not resolve from Pod "client" either'),
        (Resolver({}, fault=Unasked('Pod "client" has no program "getent"')), 'Pod "client" has no program "getent"'),
        (Resolver({}, fault=Output(1, "", "getent: bad")), 'the resolver could not be asked from Pod "client": getent: bad'),
    ],
)
def test_a_resolver_that_cannot_be_asked_proves_nothing(resolver: Resolver, seen: str) -> None:
    """It does not prove that a name does not exist; no other sentence about names is met either."""
    look = names.does_not_resolve("none", resolver).observe(view())

    assert (look.met, look.unseen, look.seen) == (False, True, seen)
    assert not names.resolves("web", resolver, names.cluster_ip("web"), "it").observe(view(SERVICE)).met
    assert not names.is_alias("web", resolver, "www.example.com").observe(view()).met


def test_an_alias_is_what_the_name_server_says() -> None:
    """With or without the dot at its end."""
    resolver = Resolver({}, "Server: 10.96.0.10\nsvc.lab.svc.cluster.local\tcanonical name = www.example.com\n")

    assert names.is_alias("svc", resolver, "www.example.com.").observe(view()).met
    assert names.is_alias("svc", resolver, "example.com").observe(view()).seen == "an alias of www.example.com"
    assert names.is_alias("svc", Resolver({}, "can't find it"), "example.com").observe(view()).seen == "no alias: can't find it"


def test_the_record_of_a_pod_is_made_of_its_address() -> None:
    """Once it has an address."""
    assert names.pod_record(POD) == "10-244-1-2.lab.pod.cluster.local"
    with pytest.raises(LabFailure, match="has no IP yet"):
        names.pod_record({**POD, "status": {}})
