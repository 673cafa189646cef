"""What somebody else's cluster refuses for reasons of its own, whatever the lab says: its policy, its rights, its addresses."""

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Protocol

from kubelab.client.objects import at
from kubelab.clusters.existing import ELSEWHERE
from kubelab.conditions.in_words import shortened
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.observation import Mark, Store

POLICY = "pod-security.kubernetes.io"
"""The prefix of the labels by which a namespace says which Pods it admits."""
VIOLATES = re.compile(r'violates PodSecurity "(?P<level>[\w:.-]+)": (?P<why>.*)', re.DOTALL)
MAY_NOT = re.compile(r'User "(?P<user>[^"]+)" cannot (?P<verb>\w+) resource "(?P<what>[^"]+)"')
NO_ADDRESS = re.compile(
    r'"?(?P<ip>\d+\.\d+\.\d+\.\d+)"?\]?: (?:.*?: )?'
    r"(?P<why>provided IP is (?:already allocated|not in the valid range)|the provided network does not match the current range)",
    re.DOTALL,
)
NO_PORT = re.compile(r"Invalid value: (?P<port>\d+): provided port is already allocated")
OWN_RANGE = ip_network("10.96.0.0/12")
"""kubeadm's default range of Service addresses, from which labs choose theirs."""


class RefusalScene(Protocol):
    """What is needed of the scenario."""

    @property
    def store(self) -> Store:
        """What has been seen."""

    @property
    def since(self) -> Mark:
        """The moment just before the last When's action."""

    @property
    def namespace(self) -> str:
        """The scenario's namespace."""

    @property
    def level(self) -> str:
        """The Pod Security level that its namespace asks for, "" for the cluster's default."""

    @property
    def manifests(self) -> LabManifests:
        """Those of the lab, and which it has applied."""


def circumstance(lab: RefusalScene, error: BaseException, sentence: str) -> str:
    """Why a sentence cannot come true on this cluster with any lab, in one line; "" where the cluster is not to blame."""
    told = [str(error), *_refusals(lab)]
    return next((reason for text in told for reason in _reasons(lab, text, sentence)), "")


def _refusals(lab: RefusalScene) -> Iterator[str]:
    """What the API server said to controllers that wanted to create a Pod of the scenario."""
    for change in lab.store.view().history("Event", lab.since):
        if at(change.object, "reason") == "FailedCreate":
            yield str(at(change.object, "message", default=""))


def _reasons(lab: RefusalScene, text: str, sentence: str) -> Iterator[str]:
    if (found := VIOLATES.search(text)) and not lab.level and not _says_itself(lab, sentence):
        yield f"the cluster's policy refuses a Pod of the lab (Pod Security {found['level']}): {shortened(found['why'])}. {ELSEWHERE}"
    if (found := MAY_NOT.search(text)) and f":{lab.namespace}" not in found["user"] and "--as" not in sentence:
        yield f'this account ("{found["user"]}") may not {found["verb"]} {found["what"]}. Take a context that may'
    if (found := NO_ADDRESS.search(text)) and ip_address(found["ip"]) in OWN_RANGE:
        yield f"the cluster does not give the address {found['ip']} to a Service of the lab: {found['why']}. {ELSEWHERE}"
    if found := NO_PORT.search(text):
        yield f"the node port {found['port']} is taken by somebody else. {ELSEWHERE}"


def _says_itself(lab: RefusalScene, sentence: str) -> bool:
    """Whether the lab has a namespace that sets a level itself."""
    return POLICY in sentence or any(POLICY in str(document.body.get("metadata")) for document in lab.manifests.applied)
