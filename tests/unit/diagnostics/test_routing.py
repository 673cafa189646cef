"""Why a request through an Ingress does not reach its Service."""

from typing import Any

import pytest

from tests.unit.diagnostics.world import Cluster, World
from tests.unit.objects import pod, thing

URL = "http://shop.example.com:30100/"
CLASS = thing("IngressClass", "nginx", metadata={"namespace": ""})
PODS = [
    pod("web-a", ready=True, metadata={"labels": {"app": "web"}}, spec={"containers": [{"name": "web", "ports": [{"containerPort": 80}]}]})
]
SERVICE = thing("Service", "web", spec={"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": 80, "name": "http"}]})


def backend(service: str = "web", **port: Any) -> dict[str, Any]:
    """A backend of an Ingress."""
    return {"service": {"name": service, "port": port or {"number": 80}}}


def ingress(name: str = "door", host: str = "shop.example.com", path: str = "/", kind: str = "Prefix", to: Any = None, **spec: Any) -> Any:
    """An Ingress with one path."""
    paths = [{"path": path, "pathType": kind, "backend": to or backend()}]
    rule = {"http": {"paths": paths}, **({"host": host} if host else {})}
    return thing("Ingress", name, spec={"ingressClassName": "nginx", "rules": [rule]} | spec)


def why(*beside: Any, url: str = URL, seen: tuple[Any, ...] = (SERVICE, *PODS)) -> list[str]:
    """The causes of a failed request; the Ingress is not watched."""
    return World(seen, Cluster([CLASS, *beside]), url).why()


@pytest.mark.parametrize(
    ("item", "cause"),
    [
        (ingress(ingressClassName="ngnix"), 'has the class "ngnix", and no IngressClass has that name (there is: nginx)'),
        (ingress(ingressClassName=None), "has no class (spec.ingressClassName), so no ingress controller serves it (there is: nginx)"),
        (ingress(to=backend("wbe")), 'leads shop.example.com/ to Service "wbe", which does not exist (there is: web)'),
        (ingress(to=backend(number=8080)), 'leads shop.example.com/ to port 8080 of Service "web", which has port 80 (http)'),
        (ingress(to=backend(name="htp")), 'leads shop.example.com/ to port htp of Service "web", which has port 80 (http)'),
        (ingress(path="/app"), "has no path for / of host shop.example.com; it has /app (Prefix)"),
        (ingress(path="/app", kind="Exact", to=backend()), "has no path for / of host shop.example.com; it has /app (Exact)"),
        (ingress(tls=[{"secretName": "tls"}]), 'takes its certificate from Secret "tls", which does not exist'),
        (ingress(rules=[], defaultBackend=backend("wbe")), 'leads all else to Service "wbe", which does not exist (there is: web)'),
    ],
)
def test_what_of_an_ingress_is_wrong(item: Any, cause: str) -> None:
    """In the terms of its own YAML, before other causes."""
    assert why(item)[0] == f'Ingress "door" {cause}'


def test_tls_without_hosts() -> None:
    """The certificate exists but is used for no host; its content is not shown."""
    secret = thing("Secret", "tls", type="Opaque", data={"password": "aHVudGVy"})

    found = why(secret, ingress(tls=[{"secretName": "tls"}]))

    assert found == [
        'Ingress "door" takes its certificate from Secret "tls", of type Opaque: it lacks tls.crt or tls.key',
        'Ingress "door" has a tls entry without hosts; its rules are for shop.example.com',
    ]
    other = why(secret | {"data": {"tls.crt": "", "tls.key": ""}}, ingress(tls=[{"secretName": "tls", "hosts": ["a.example.com"]}]))
    assert other == ['Ingress "door" has TLS for a.example.com; its rules are for shop.example.com']


def test_a_host_without_a_rule() -> None:
    """The existing rules are listed."""
    assert why(ingress(host="shop.exmple.com")) == ["no Ingress has a rule for host shop.example.com; there are rules for shop.exmple.com"]


def test_no_ingress_at_all() -> None:
    """The controller's default backend answers."""
    assert why() == ["this namespace has no Ingress: the ingress controller answers with its default backend"]


def test_what_stands_behind_the_ingress() -> None:
    """The Service's own trouble is reported, too, for the Service that the URL leads to."""
    wrong = thing("Service", "web", spec={"selector": {"app": "wbe"}, "ports": [{"port": 80}]})
    other = thing("Service", "other", spec={"selector": {"app": "x"}, "ports": [{"port": 80}]})

    assert why(ingress(), seen=(wrong, other, *PODS)) == ['Service "web" selects app=wbe; no Pod has that label (Pod "web-a" has app=web)']


def test_a_class_of_another_controller() -> None:
    """No controller here serves it."""
    team = thing("IngressClass", "team", spec={"controller": "example.com/doors"})

    assert why(team, ingress(ingressClassName="team"))[0] == (
        'Ingress "door" has the class "team" of the controller example.com/doors; the one that was asked serves k8s.io/ingress-nginx'
    )


@pytest.mark.parametrize(
    ("items", "way"),
    [
        ([ingress()], "shop.example.com/ to web:80"),
        ([ingress(host="*.example.com")], "shop.example.com/ to web:80"),
        ([ingress(host="")], "shop.example.com/ to web:80"),
        ([ingress(host="other.example.com", defaultBackend=backend())], "what no rule names to web:80"),
        (
            [ingress("root", to=backend("web")), ingress("door", path="/", kind="Exact", to=backend(name="http"))],
            "shop.example.com/ to web:http",
        ),
    ],
)
def test_where_it_is_led_when_all_is_well(items: list[Any], way: str) -> None:
    """So that a wrong page is seen to come from the wrong Service."""
    assert why(*items) == [f'Ingress "door" leads {way}']


def test_a_rewritten_path_is_a_pattern() -> None:
    """It is not compared."""
    item = ingress(path="/app(/|$)(.*)", kind="ImplementationSpecific")
    item["metadata"]["annotations"] = {"nginx.ingress.kubernetes.io/rewrite-target": "/$2"}

    assert why(item, url=f"{URL}app/x") == [
        'Ingress "door" leads shop.example.com/app(/|$)(.*) to web:80 (annotations rewrite-target: /$2)'
    ]


def test_a_default_class_and_an_old_annotation() -> None:
    """Both count as a class."""
    default = thing("IngressClass", "nginx", metadata={"annotations": {"ingressclass.kubernetes.io/is-default-class": "true"}})
    old = ingress(ingressClassName=None)
    old["metadata"]["annotations"] = {"kubernetes.io/ingress.class": "nginx"}

    assert World((SERVICE, *PODS), Cluster([default, ingress(ingressClassName=None)]), URL).why() == [
        'Ingress "door" leads shop.example.com/ to web:80'
    ]
    assert why(old) == ['Ingress "door" leads shop.example.com/ to web:80']


def test_a_page_that_came_back_was_led_there() -> None:
    """Even if something else is wrong with the Ingress: it shows where a wrong page came from."""
    wrong = ingress(tls=[{"secretName": "tls"}])

    assert World((SERVICE, *PODS), Cluster([CLASS, wrong]), URL, answered=True).why() == [
        'Ingress "door" leads shop.example.com/ to web:80'
    ]


def test_other_failures_ask_for_no_ingress() -> None:
    """Nor does a request to another address."""
    cluster = Cluster([ingress(ingressClassName="ngnix")])
    deployment = thing("Deployment", "web", spec={"replicas": 1})

    assert World((deployment,), cluster, URL).why() == []
    assert "lab/Ingress" not in cluster.asked


def test_a_cluster_that_does_not_tell() -> None:
    """There is then no cause, and no error."""
    assert World((SERVICE, *PODS), Cluster(away=True), URL).why() == []
