"""Answers and logs: what was asked, where, and what a failure tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from kubelab.clusters.process import Output
from kubelab.conditions.requests import FromANode, answers, logs_show, responds
from kubelab.errors import LabFailure
from kubelab.observation import View

if TYPE_CHECKING:
    from kubelab.clusters.provider import Provider

POD = {"kind": "Pod", "metadata": {"name": "web", "namespace": "lab", "labels": {"app": "web"}}, "status": {"podIP": "10.244.1.2"}}
SERVICE = {
    "kind": "Service",
    "metadata": {"name": "web", "namespace": "lab"},
    "spec": {"clusterIP": "10.96.0.7", "selector": {"app": "web"}},
}
NODE = {"kind": "Node", "metadata": {"name": "control", "labels": {"node-role.kubernetes.io/control-plane": ""}}}


def view(*objects: dict[str, Any]) -> View:
    """A moment with these objects."""
    keyed = {(one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one for one in objects}
    return View("lab", keyed)


def saying(text: str, urls: list[str]) -> Any:
    """Something that answers every URL with the text, and notes the URLs."""

    def ask(_view: View, url: str) -> str:
        urls.append(url)
        return text

    return ask


@dataclass
class Node:
    """A provider of which only `execute` is asked."""

    output: Output
    asked: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def execute(self, node: str, argv: Sequence[str], *, timeout: float = 10) -> Output:
        """Note the command."""
        assert timeout > 3
        self.asked.append((node, argv))
        return self.output


def test_a_pod_is_asked_at_its_own_ip() -> None:
    """On the port and path of the sentence."""
    urls = list[str]()

    look = answers("Pod", "web", 80, "Welcome", saying("<h1>Welcome</h1>", urls), "/page").observe(view(POD))

    assert look.met
    assert urls == ["http://10.244.1.2:80/page"]


def test_a_service_is_asked_at_its_cluster_ip_and_its_pods_are_told() -> None:
    """A wrong answer is shown, with the pods that the Service means."""
    urls = list[str]()

    look = answers("Service", "web", 80, "Welcome", saying("It works!", urls)).observe(view(SERVICE, POD))

    assert not look.met
    assert urls == ["http://10.96.0.7:80/"]
    assert look.seen.startswith("It works! · web")
    assert look.about == (SERVICE, POD)


def test_an_address_of_ip_version_6_stands_in_brackets() -> None:
    """RFC 3986."""
    urls, pod = list[str](), {**POD, "status": {"podIP": "fd00::2"}}

    answers("Pod", "web", 80, "", saying("", urls)).observe(view(pod))

    assert urls == ["http://[fd00::2]:80/"]


def test_what_is_not_there_or_has_no_address_is_said() -> None:
    """Nothing is asked then."""
    urls, headless = list[str](), {**SERVICE, "spec": {"clusterIP": "None"}}

    absent = answers("Pod", "web", 80, "", saying("", urls)).observe(view())
    nowhere = answers("Service", "web", 80, "", saying("", urls)).observe(view(headless))

    assert (absent.met, absent.seen) == (False, 'no Pod "web"')
    assert (nowhere.met, nowhere.seen.split(" · ")[0]) == (False, 'no answer: Service "web" has no IP')
    assert urls == []


def test_any_answer_is_a_response_but_none_is_not() -> None:
    """`I request` needs no particular words."""
    assert responds("Pod", "web", 80, "/", saying("", [])).observe(view(POD)).met
    assert not responds("Pod", "web", 80, "/", saying("no answer: refused", [])).observe(view(POD)).met


def test_a_request_from_a_node_is_curl_on_the_control_plane() -> None:
    """Its body is the answer; its complaint is the reason for none."""
    good, bad = Node(Output(0, "hello", "")), Node(Output(7, "", "curl: (7) Failed to connect\n"))

    assert FromANode(cast("Provider", good))(view(NODE), "http://10.244.1.2:80/") == "hello"
    assert FromANode(cast("Provider", bad))(view(NODE), "http://10.244.1.2:80/") == "no answer: curl: (7) Failed to connect"
    assert good.asked == [("control", ["curl", "-sS", "-L", "-m", "3", "http://10.244.1.2:80/"])]


def test_logs_are_read_until_they_show_the_text() -> None:
    """A failure shows their end."""
    condition = logs_show("web", "GET /", lambda: "starting\nready\n")

    assert logs_show("web", "GET /", lambda: "GET / 200").observe(view(POD)).met
    assert condition.observe(view(POD)).seen == "the last lines: starting\nready"
    assert condition.observe(view()).seen == 'no Pod "web"'


def test_logs_that_cannot_be_read_yet_are_no_failure_yet() -> None:
    """A container that has not started has none."""

    def refuse() -> str:
        raise LabFailure("container is waiting to start")

    assert "waiting to start" in logs_show("web", "GET /", refuse).observe(view(POD)).seen
