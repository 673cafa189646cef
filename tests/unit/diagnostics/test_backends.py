"""Why a Service has no endpoints, or the request to it was wrong."""

from typing import Any

import pytest

from tests.unit.diagnostics.world import World
from tests.unit.objects import pod, thing


def service(name: str = "web", **spec: Any) -> Any:
    """A Service that selects app=web at 10.0.0.1."""
    return thing(
        "Service", name, spec={"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": 80}], "clusterIP": "10.0.0.1"} | spec
    )


def web(
    *, ready: bool = True, labels: dict[str, str] | None = None, ports: tuple[Any, ...] = ({"containerPort": 80, "name": "http"},)
) -> Any:
    """A Pod behind it."""
    return pod(
        "web-a", ready=ready, metadata={"labels": labels or {"app": "web"}}, spec={"containers": [{"name": "web", "ports": [*ports]}]}
    )


NODE = thing("Node", "worker", metadata={"namespace": ""}, status={"addresses": [{"address": "172.18.0.3"}]})


@pytest.mark.parametrize(
    ("item", "behind", "cause"),
    [
        (service(selector={"app": "wbe"}), web(), 'selects app=wbe; no Pod has that label (Pod "web-a" has app=web)'),
        (service(), web(labels={"tier": "front"}), 'selects app=web; no Pod has that label (Pod "web-a" has tier=front)'),
        (
            service(selector={"app": "web", "tier": "back"}),
            web(labels={"app": "web", "tier": "front"}),
            'selects app=web,tier=back; no Pod has all of that (Pod "web-a" has tier=front)',
        ),
        (service(), web(ready=False), "selects no Pod that is ready: web-a, Pending"),
        (service(ports=[{"port": 80, "targetPort": 8081}]), web(), "sends port 80 to targetPort 8081; its Pods open 80"),
        (
            service(ports=[{"port": 80, "targetPort": "htp"}]),
            web(),
            'sends port 80 to targetPort "htp"; its Pods name no port so, they have http, 80',
        ),
        (
            service(type="LoadBalancer", loadBalancerClass="mine"),
            web(),
            'has no external address: no load balancer of class "mine" gave it one',
        ),
        (service(selector=None), web(), "has no selector: it gets no endpoints by itself"),
    ],
)
def test_what_of_a_service_is_wrong(item: Any, behind: Any, cause: str) -> None:
    """In the terms of its own YAML."""
    assert World((item, behind)).why(item)[0] == f'Service "web" {cause}'


@pytest.mark.parametrize(
    ("item", "behind"),
    [
        (service(), web()),
        (service(), web(ports=())),
        (service(ports=[{"port": 80, "targetPort": "http"}]), web()),
        (service(type="ExternalName", selector=None, externalName="other"), web()),
    ],
)
def test_what_is_well(item: Any, behind: Any) -> None:
    """A Pod that declares no port may open any."""
    assert World((item, behind)).why(item) == []


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("http://10.0.0.1:8080/", ['Service "web" was asked on port 8080; it has port 80']),
        ("http://web:8080/", ['Service "web" was asked on port 8080; it has port 80']),
        ("http://web.lab.svc.cluster.local/", []),
        ("http://wbe/", ['no Service "wbe" is in this namespace (there is: shop, web)']),
        ("http://shop/", ['Service "shop" was asked on port 80; it has port 8080']),
        ("http://10.244.0.7:8080/", ['Pod "web-a" was asked on port 8080; its containers open 80']),
        ("http://172.18.0.3:31000/", ["no Service has the node port 31000: there are the node ports web 30080"]),
        ("http://172.18.0.3:30080/", []),
    ],
)
def test_what_was_asked_for(url: str, cause: list[str]) -> None:
    """The port and the name, of the Service that the URL means."""
    behind = web()
    behind["status"]["podIP"] = "10.244.0.7"
    shop = service("shop", clusterIP="10.0.0.2", ports=[{"port": 8080, "targetPort": 80}])
    seen = (service(ports=[{"port": 80, "targetPort": 80, "nodePort": 30080}]), shop, behind, NODE)

    assert World(seen, url=url).why() == cause


def test_a_page_that_came_back() -> None:
    """A port that no container declares can be open all the same."""
    item = service(ports=[{"port": 80, "targetPort": 8081}])

    assert World((item, web()), url="http://10.0.0.1/", answered=True).why() == []


@pytest.mark.parametrize("host", ["localhost", "shop.example.com", "one"])
def test_hosts_that_are_no_service(host: str) -> None:
    """One is the scenario's own name for a node."""
    addresses = {"one": "172.18.0.3"}

    assert World((service(), web(), NODE), url=f"http://{host}/", addresses=addresses).why() == []


def test_a_node_port_where_no_service_has_one() -> None:
    """Its type is recognized by the missing port."""
    assert World((service(), web(), NODE), url="http://172.18.0.3:31000/").why() == [
        "no Service has the node port 31000: no Service has a node port"
    ]
