"""What the API server refuses, in words for the author of the manifest: each text is the server's own."""

import json
from typing import Any

import pytest
import yaml

from kubelab.client.explanation import explained
from kubelab.client.fields import located, spelled
from kubelab.client.kinds import BUILT_IN
from kubelab.client.refusals import Fault, Refused, refusal
from kubelab.client.schema import Schema, schema_of

from .openapi import APPS

TYPED = "failed to create typed patch object (lab/w; apps/v1, Kind=Deployment): "
CONVERTED = "failed to convert new object (lab/w; v1, Kind=Pod) to proper version: unable to convert unstructured object to v1, Kind=Pod: "
BODY = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: w, labels: {v: 1.14, app.kubernetes.io/name: true}, annotations: a=b}
labels: {a: b}
spec:
  replicas: "2"
  selector: {app: w, matchLabels: {app: x}}
  nodeSelector: {disktype: ssd}
  affinity: {}
  spec: {}
  updateStrategy: {type: OnDelete}
  foo: 1
  template:
    metadata: {labels: {app: w}}
    containers: []
    spec:
      replicas: 3
      restartPolicy: Sometimes
      containers:
      - name: w
        imgae: nginx
        command: sleep 5
        args: [{"while true; do echo a": b}]
        livenessProbe: {path: /}
        resources: {cpu: 500m, requests: {cpu: 500x, memory: 1Gi}}
        env: [{name: A, value: 1}, {name: B, value: true}]
        ports: [{containerPort: "80"}, {containerPort: 81, port: 80, hostport: 81}]
      - 80
"""


def schema() -> Schema | None:
    """That of a Deployment."""
    return schema_of(APPS, BUILT_IN["Deployment"])


def told(message: str, *causes: Fault, body: str = BODY) -> str:
    """The sentences, without looking up the fields they begin with."""
    refused = Refused(422 if causes else 500, "", message, "apply", causes)
    return "\n".join(said for _, said in explained(refused, yaml.safe_load(body), schema))


@pytest.mark.parametrize("above", [(), ("spec", "template")])
def test_the_nearest_of_several_homes_is_named(above: tuple[str, ...]) -> None:
    """Even if a volume of the pods might have such a field deep inside."""
    body: dict[str, Any] = {"labels": {"app": "w"}}
    for key in reversed(above):
        body = {key: body}
    home = "spec.template.metadata" if above else "metadata"

    assert f'"labels" belongs under {home}.' in told(
        f"{TYPED}.{'.'.join([*above, 'labels'])}: field not declared in schema", body=yaml.dump(body)
    )


@pytest.mark.parametrize(
    ("field", "says"),
    [
        (".labels", 'labels is not a field of this kind. "labels" belongs under metadata.'),
        (".spec.spec", 'spec.spec is not a field of this kind. "spec" belongs under spec.template.'),
        (".spec.nodeSelector", '"nodeSelector" belongs under spec.template.spec.'),
        (".spec.affinity", '"affinity" belongs under spec.template.spec.'),
        (".spec.template.containers", '"containers" belongs under spec.template.spec.'),
        (".spec.template.spec.replicas", '"replicas" belongs under spec.'),
        (".spec.updateStrategy", "Did you mean strategy?"),
        (".spec.selector.app", '"app" belongs under spec.selector.matchLabels.'),
        (".spec.foo", "There are only replicas, selector, strategy, template."),
        (
            '.spec.template.spec.containers[name="w"].imgae',
            "spec.template.spec.containers[0].imgae is not a field of this kind. Did you mean image?",
        ),
        (
            '.spec.template.spec.containers[name="w"].livenessProbe.path',
            "belongs under spec.template.spec.containers.livenessProbe.httpGet.",
        ),
        (
            '.spec.template.spec.containers[name="w"].resources.cpu',
            '"cpu" belongs under spec.template.spec.containers[0].resources.limits or spec.template.spec.containers[0].resources.requests.',
        ),
        ('.spec.template.spec.containers[name="w"].ports[containerPort=81,protocol="TCP"].hostport', 'Write "hostPort".'),
        ('.spec.template.spec.containers[name="w"].ports[containerPort=81,protocol="TCP"].port', "Did you mean"),
    ],
)
def test_an_unknown_field_is_told_with_its_home(field: str, says: str) -> None:
    """If the schema has a field of that name, or a similar one."""
    assert says in told(f"{TYPED}{field}: field not declared in schema")


def test_without_a_schema_less_is_said() -> None:
    """At least the field."""
    refused = Refused(500, "", f"{TYPED}.spec.foo: field not declared in schema")

    assert explained(refused, yaml.safe_load(BODY), lambda: None) == [(("spec", "foo"), "spec.foo is not a field of this kind.")]


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (
            ".metadata.labels.v: expected string, got &value.valueUnstructured{Value:1.14}",
            "metadata.labels.v must be a string, and 1.14 is not one without quotes. Put quotes around it.",
        ),
        (
            ".metadata.labels.app.kubernetes.io/name: expected string, got &value.valueUnstructured{Value:true}",
            "metadata.labels.app.kubernetes.io/name must be a string, and true is not one without quotes. Put quotes around it.",
        ),
        (".metadata.annotations: expected map, got &{a=b}", "metadata.annotations must be a map. Write a: b."),
        (".spec.replicas: expected numeric (int or float), got string", "spec.replicas must be a number. Write 2 without quotes."),
        (
            '.spec.selector.matchLabels: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"app":"x"}}',
            "spec.selector.matchLabels does not belong here: this selector takes the labels themselves. Write {app: x} in its place.",
        ),
        (
            '.spec.template.spec.containers[name="w"].command: expected list, got &{sleep 5}',
            'spec.template.spec.containers[0].command must be a list. Write [sleep, "5"].',
        ),
        (
            (
                '.spec.template.spec.containers[name="w"].args[0]: expected string, '
                'got &value.valueUnstructured{Value:map[string]interface {}{"while true; do echo a":"b"}}'
            ),
            'spec.template.spec.containers[0].args[0] must be a string; the ": " in it makes it a map. Put quotes around the whole string.',
        ),
        (
            '.spec.template.spec.containers[name="w"].env[name="B"].value: expected string, got &value.valueUnstructured{Value:true}',
            "spec.template.spec.containers[0].env[1].value must be a string, and true is not one without quotes. Put quotes around it.",
        ),
        (
            (
                '.spec.template.spec.containers[name="w"].ports[containerPort="80",protocol="TCP"].containerPort: '
                "expected numeric (int or float), got string"
            ),
            "spec.template.spec.containers[0].ports[0].containerPort must be a number. Write 80 without quotes.",
        ),
        (
            ".spec.template.spec.containers: element 1: associative list with keys may not have non-map elements",
            "spec.template.spec.containers[1] must be a map of fields, not 80.",
        ),
        (
            '.spec.template.spec.containers: duplicate entries for key [name="w"]',
            'spec.template.spec.containers has two entries with the same name="w". Give each its own, or keep one of them.',
        ),
        (
            ".spec.selector: expected list, got &{map[app:w]}",
            "spec.selector must be a list, not {app: w, matchLabels: {app: x}}. Begin each",
        ),
        (".spec.template.spec.restartPolicy: expected boolean, got string", 'must be true or false, without quotes, not "Sometimes".'),
        (".metadata: expected string, got &{map}", "metadata must be a string, not {name: w,"),
        (".spec.template.spec.restartPolicy: expected map, got &{x}", 'must be a map of fields, not "Sometimes".'),
        (".spec.template.spec.restartPolicy: expected numeric (int or float), got string", 'must be a number, not "Sometimes".'),
        (".spec.template.spec.containers: expected map, got &{[]}", "Leave out the dashes."),
        (".spec.replicas: something new &v1.Thing{A: 1}", "spec.replicas is wrong: something new a value of another type."),
    ],
)
def test_a_wrong_type_is_told_with_what_to_write(message: str, says: str) -> None:
    """Not with Go's name for it."""
    assert says in told(f"{TYPED}{message}")


def test_several_at_once() -> None:
    """Each on a line of its own."""
    said = told(f"{TYPED}errors:\n  .spec.foo: field not declared in schema\n  .spec.replicas: expected numeric (int or float), got string")

    assert [line.split()[0] for line in said.splitlines()] == ["spec.foo", "spec.replicas"]


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (
            (
                'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "labels", '
                'unknown field "spec.template.spec.containers[0].imgae"'
            ),
            (
                'labels is not a field of this kind. "labels" belongs under metadata.\n'
                "spec.template.spec.containers[0].imgae is not a field of this kind. Did you mean image?"
            ),
        ),
        ('strict decoding error: duplicate field "spec.foo"', "spec.foo is there twice. Keep one of them."),
        (
            (
                'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field '
                "DeploymentSpec.spec.replicas of type int32"
            ),
            "spec.replicas must be a number. Write 2 without quotes.",
        ),
        (
            "json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string",
            "spec.template.spec.containers[0].env[0].value must be a string, and 1 is not one without quotes.",
        ),
        (
            "json: cannot unmarshal string into Go struct field Container.spec.template.spec.containers.command of type []string",
            'spec.template.spec.containers[0].command must be a list. Write [sleep, "5"].',
        ),
        (
            "json: cannot unmarshal string into Go struct field ObjectMeta.metadata.annotations of type map[string]string",
            "metadata.annotations must be a map. Write a: b.",
        ),
        (
            "json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.restartPolicy of type bool",
            "must be true or false, without quotes",
        ),
    ],
)
def test_what_go_cannot_decode(message: str, says: str) -> None:
    """In the same words as refusals by server-side apply."""
    assert says in told(message)


LABELS = '{"app":"w"}: `selector` does not match template `labels`'


@pytest.mark.parametrize(
    ("cause", "says"),
    [
        (
            Fault("spec.template.metadata.labels", "FieldValueInvalid", f"Invalid value: {LABELS}"),
            "spec.template.metadata.labels must have every label of spec.selector, which is {app: x}; it is {app: w}.",
        ),
        (
            Fault("spec.template.spec.restartPolicy", "FieldValueRequired", 'Required value: valid values: "OnFailure", "Never"'),
            'spec.template.spec.restartPolicy cannot be "Sometimes". Write OnFailure or Never.',
        ),
        (
            Fault("spec.template.spec.tier", "FieldValueRequired", 'Required value: valid values: "OnFailure", "Never"'),
            "spec.template.spec.tier is missing. Write OnFailure or Never.",
        ),
        (Fault("spec.schedule", "FieldValueRequired", "Required value"), "spec.schedule is missing."),
        (
            Fault("spec.template.metadata", "FieldValueRequired", "Required value: port name or number is required"),
            "spec.template.metadata is not complete: port name or number is required.",
        ),
        (
            Fault(
                "spec.template.spec.restartPolicy",
                "FieldValueNotSupported",
                'Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
            ),
            'cannot be "Sometimes". Write Always, OnFailure or Never.',
        ),
        (
            Fault("spec.template.spec.restartPolicy", "FieldValueNotSupported", 'Unsupported value: "x": none'),
            'cannot be "Sometimes": none.',
        ),
        (
            Fault(
                "spec.updateStrategy",
                "FieldValueNotSupported",
                'Unsupported value: {"Type":"Rolling","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
            ),
            "spec.updateStrategy cannot be {type: OnDelete}. Write Recreate or RollingUpdate.",
        ),
        (
            Fault("spec.foo", "FieldValueInvalid", "Invalid value: -2: must be greater than or equal to 0"),
            "spec.foo cannot be 1: must be greater than or equal to 0.",
        ),
        (
            Fault("metadata.labels", "FieldValueInvalid", "Invalid value: \"a b\": a label (e.g. 'A', regex used for validation is '(x)')"),
            "metadata.labels has \"a b\": a label (e.g. 'A').",
        ),
        (
            Fault("spec.selector", "FieldValueInvalid", 'Invalid value: {"matchLabels":{"app":"x"}}: field is immutable'),
            "spec.selector cannot be changed once the object is there. Delete the object first",
        ),
        (
            Fault("spec", "FieldValueForbidden", "Forbidden: pod updates may not change fields other than `image`\n  core.PodSpec{\n- x"),
            "spec is not allowed here: pod updates may not change fields other than `image`.",
        ),
        (Fault("spec.foo", "FieldValueNotFound", 'Not found: "x"'), 'spec.foo is "x", and nothing of that name is declared.'),
        (Fault("spec.foo", "FieldValueDuplicate", 'Duplicate value: "x"'), 'spec.foo is there twice: "x". Keep one of them.'),
        (
            Fault("spec.foo", "FieldValueTooLong", "Too long: may not be more than 63"),
            "spec.foo is wrong: Too long: may not be more than 63.",
        ),
    ],
)
def test_what_validation_finds(cause: Fault, says: str) -> None:
    """With the value as the manifest has it."""
    assert says in told("invalid", cause)


def test_a_consequence_is_not_told() -> None:
    """Labels do not match a missing selector; of two lists of allowed values the shorter one is used."""
    missing = Fault("spec.selector", "FieldValueRequired", "Required value")
    unlike = Fault("spec.template.metadata.labels", "FieldValueInvalid", f"Invalid value: {LABELS}")
    field, reason = "spec.template.spec.restartPolicy", "FieldValueNotSupported"
    lists = [
        Fault(field, reason, f'Unsupported value: "Sometimes": supported values: {values}') for values in ('"Always", "Never"', '"Never"')
    ]

    assert told("invalid", missing, unlike, body="spec: {template: {}}") == "spec.selector is missing."
    assert told("invalid", *lists) == f'{field} cannot be "Sometimes". Write Never.'


@pytest.mark.parametrize(
    ("body", "message", "says"),
    [
        (BODY, "quantities must match the regular expression '^x$'", "resources.requests.cpu cannot be 500x. Write an amount such as 500m"),
        (
            "spec: {limits: {cpu: 1}, sizeLimit: much}",
            "quantities must match the regular expression '^x$'",
            "spec.sizeLimit cannot be much.",
        ),
        ("spec: {replicas: 1.5}", "cannot convert float64 to int32", "spec.replicas must be a whole number, not 1.5."),
        (
            "kind: Secret\ndata: {a: YQ==, b: plain text!}",
            "error decoding from json: illegal base64 data at input byte 3",
            "data.b is not base64. Write the text itself, under stringData in place of data.",
        ),
        ("spec: {}", "quantities must match", "the API server refuses it: quantities must match"),
    ],
)
def test_a_value_that_the_server_does_not_place(body: str, message: str, says: str) -> None:
    """It is found in the manifest by its value."""
    assert says in told(CONVERTED + message, body=body)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (
            'pods "w" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
            'the API server refuses it: pods "w" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
        ),
        (
            '"" is invalid: patch: Invalid value: "map[spec:map[a:[map[b:1]]]]": cannot convert int64 to string',
            "the API server refuses it: cannot convert int64 to string",
        ),
        (
            "map: map[image:x] does not contain declared merge key: name",
            "the API server refuses it: does not contain declared merge key: name",
        ),
        ("a new thing: &v1.Pod{TypeMeta:v1.TypeMeta{}}", "the API server refuses it: a new thing: a value of another type"),
        (
            "an old one: map[string]interface {}{1}",
            "the API server refuses it: an old one: a value of another type",
        ),
    ],
)
def test_what_is_not_understood_is_said_as_the_server_says_it(message: str, says: str) -> None:
    """Without details that concern only Go."""
    assert told(message) == says


@pytest.mark.parametrize(
    ("field", "keys", "rest"),
    [
        ("spec.list[1].b", ("spec", "list", 1, "b"), ""),
        ('.spec.list[name="y"].b', ("spec", "list", 1, "b"), ""),
        (".spec.list[7].b", ("spec", "list"), "[7].b"),
        (".spec.list[name=z]", ("spec", "list"), "[name=z]"),
        ("spec.list.b", ("spec", "list", 1, "b"), ""),
        ("metadata.annotations[a.b/c]", ("metadata", "annotations", "a.b/c"), ""),
        ("metadata.annotations.a.b/c", ("metadata", "annotations", "a.b/c"), ""),
        ("spec.none.at.all", ("spec",), "none.at.all"),
        ("spec.list.none", ("spec", "list"), "none"),
    ],
)
def test_fields_are_found_in_the_object(field: str, keys: tuple[str | int, ...], rest: str) -> None:
    """As far as the object has them."""
    body: dict[str, Any] = {"metadata": {"annotations": {"a.b/c": "x", "a": "y"}}, "spec": {"list": [{"name": "x"}, {"name": "y", "b": 1}]}}

    assert located(field, body) == (keys, rest)
    assert spelled(keys).replace("[", ".[").split(".")[0] == keys[0]


def test_a_refusal_has_the_servers_causes() -> None:
    """As its Status lists them."""
    status = {
        "kind": "Status",
        "message": "no",
        "reason": "Invalid",
        "details": {"causes": [{"field": "a", "reason": "b", "message": "c"}]},
    }

    assert refusal(422, json.dumps(status).encode(), "apply").causes == (Fault("a", "b", "c"),)


def test_a_schema_that_has_itself_within_it_comes_to_an_end() -> None:
    """Such as that of a CustomResourceDefinition."""
    known = schema()

    assert known is not None
    assert known.homes("projected", ()) == ["spec.template.spec.volumes"]


def test_an_edit_is_not_told_as_go_prints_it() -> None:
    """The API server calls all of it "patch"."""
    cause = Fault("patch", "FieldValueInvalid", 'Invalid value: "map[spec:map[a:1]]": cannot convert int64 to string')

    message = f' "" is invalid: patch: {cause.message}'
    assert told(message, cause) == "the API server refuses it: cannot convert int64 to string"


def test_the_schema_of_another_kind_is_not_used() -> None:
    """Not that of its neighbour."""
    assert schema_of(APPS, BUILT_IN["Job"]) is None
    assert schema_of({}, BUILT_IN["Deployment"]) is None
