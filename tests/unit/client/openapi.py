"""A small OpenAPI v3 document in the API server's format: apps/v1 with a Deployment, a DaemonSet and their parts."""

from typing import Any


def _ref(name: str) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}], "default": {}}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _fields(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
TEXTS = {"type": "object", "additionalProperties": {"default": "", "type": "string"}}


def _kind(kind: str, spec: str) -> dict[str, Any]:
    whole = _fields(apiVersion=TEXT, kind=TEXT, metadata=_ref("ObjectMeta"), spec=_ref(spec), status=_fields(containers=TEXT))
    return {**whole, "x-kubernetes-group-version-kind": [{"group": "apps", "kind": kind, "version": "v1"}]}


SCHEMAS = {
    "Deployment": _kind("Deployment", "DeploymentSpec"),
    "DaemonSet": _kind("DaemonSet", "DaemonSetSpec"),
    "DeploymentSpec": _fields(replicas=NUMBER, selector=_ref("LabelSelector"), strategy=_ref("Strategy"), template=_ref("PodTemplateSpec")),
    "DaemonSetSpec": _fields(selector=_ref("LabelSelector"), template=_ref("PodTemplateSpec"), updateStrategy=_ref("Strategy")),
    "LabelSelector": _fields(matchLabels=TEXTS, matchExpressions=_list("Requirement")),
    "Requirement": _fields(key=TEXT),
    "Strategy": _fields(type=TEXT),
    "ObjectMeta": _fields(name=TEXT, labels=TEXTS, annotations=TEXTS, managedFields=_list("Requirement"), a=TEXT, b=TEXT, c=TEXT),
    "PodTemplateSpec": _fields(metadata=_ref("ObjectMeta"), spec=_ref("PodSpec")),
    "PodSpec": _fields(
        containers=_list("Container"), nodeSelector=TEXTS, affinity=_fields(nodeAffinity=TEXT), restartPolicy=TEXT, volumes=_list("Volume")
    ),
    "Container": _fields(name=TEXT, image=TEXT, ports=_list("Port"), resources=_ref("Resources"), livenessProbe=_ref("Probe")),
    "Port": _fields(containerPort=NUMBER, hostPort=NUMBER),
    "Resources": _fields(limits=TEXTS, requests=TEXTS),
    "Probe": _fields(httpGet=_fields(path=TEXT, port=NUMBER)),
    "Volume": _fields(name=TEXT, projected=_list("Volume")),
}
APPS = {"components": {"schemas": SCHEMAS}}
