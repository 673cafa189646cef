"""Forbidden content in a submission's manifests is refused in one message with file and line; what only looks similar is allowed."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kubelab import manifests
from kubelab.client.kinds import BUILT_IN
from kubelab.submissions import guard, inspected
from kubelab.submissions.forbidden_fields import OF_PODS, TEMPLATES

KINDS = ("Pod", "Deployment", "Service")
POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.14
"""
BOMB = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\na0: &a0 [x]\n" + "".join(
    f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 12)
)


def told(text: str, *allowed: str, kinds: tuple[str, ...] = KINDS) -> list[str]:
    """The guard's messages about a manifest."""
    return guard(manifests.parse(text, "web.yaml"), kinds, allowed)


def within(text: str, *, before: str = "  containers:\n") -> str:
    """A Pod with this text in its spec, or at another place."""
    return POD.replace(before, f"{text}\n{before}")


REFUSED = {
    within("  hostNetwork: true"): ("web.yaml:6: ", "spec.hostNetwork shares what belongs to the node", "Remove it."),
    within("  hostPID: true"): ("web.yaml:6: ", "spec.hostPID shares"),
    within("  hostIPC: true"): ("web.yaml:6: ", "spec.hostIPC shares"),
    within('  hostNetwork: "true"'): ("web.yaml:6: ", "spec.hostNetwork shares"),
    within("  nodeName: kubelab-worker"): ("web.yaml:6: ", "spec.nodeName chooses the node past the scheduler"),
    within("  automountServiceAccountToken: true"): ("web.yaml:6: ", "gives the Pod a token", "Write false"),
    within("  priorityClassName: system-node-critical"): ("web.yaml:6: ", "puts the Pod before all others"),
    within("  terminationGracePeriodSeconds: 1000000"): ("web.yaml:6: ", "lets the Pod live on too long. Write at most 60."),
    within("  volumes:\n  - name: a\n    hostPath: {path: /}"): ("web.yaml:8: ", "spec.volumes[0].hostPath reads the files of the node"),
    within("  volumes:\n  - {name: b, emptyDir: {}}\n  - name: a\n    nfs: {server: x, path: /}"): (
        "web.yaml:8: ",
        "spec.volumes[1] is not taken",
    ),
    within("  volumes:\n  - name: a\n    projected:\n      sources:\n      - serviceAccountToken: {path: t}"): (
        "web.yaml:10: ",
        "spec.volumes[0].projected.sources[0].serviceAccountToken gives the Pod a token",
    ),
    POD + "    securityContext:\n      privileged: true\n": ("web.yaml:10: ", "spec.containers[0].securityContext.privileged gives"),
    POD + "    ports:\n    - {containerPort: 80}\n    - hostPort: 80\n": (
        "web.yaml:11: ",
        "spec.containers[0].ports[1].hostPort takes a port",
    ),
    POD + "  initContainers:\n  - securityContext: {privileged: true}\n": (
        "web.yaml:10: ",
        "spec.initContainers[0].securityContext.privileged",
    ),
    POD + "  ephemeralContainers:\n  - ports: [{hostPort: 1}]\n": ("web.yaml:10: ", "spec.ephemeralContainers[0].ports[0].hostPort"),
    within("  finalizers: [a.b/c]", before="spec:\n"): ("web.yaml:5: ", "metadata.finalizers would keep the object from being deleted"),
    within("  namespace: kube-system", before="spec:\n"): ("web.yaml:5: ", "Remove metadata.namespace."),
    within("  namespace: NAMESPACE-more", before="spec:\n"): ("web.yaml:5: ", "Remove metadata.namespace."),
    POD.replace("kind: Pod", "kind: Job"): (
        "web.yaml:2: ",
        "Job is not a kind that this exercise asks for.",
        "Deployment or Pod or Service.",
    ),
    POD.replace("kind: Pod", "kind: Pods"): ("web.yaml:2: ", "Pods is not a kind that this exercise asks for. Did you mean Pod?"),
    POD.replace("kind: Pod", "kind: ClusterRole"): ("web.yaml:2: ", "ClusterRole belongs to the whole cluster"),
    POD.replace("kind: Pod", "kind: Namespace"): ("web.yaml:2: ", "Namespace belongs to the whole cluster"),
    POD.replace("v1", "apps/v1"): ("web.yaml:2: ", "there is no Pod in apps/v1; Pod is in v1. Write apiVersion: v1."),
    POD.replace("  containers:\n  - name: web", "  containers:\n    name: web"): ("web.yaml:6: ", "spec.containers must be a list"),
    f"{POD.partition('spec:')[0]}spec: [hostNetwork]\n": ("web.yaml:5: ", "spec must be a map"),
    within("  volumes: {a: {hostPath: {path: /}}}"): ("web.yaml:6: ", "spec.volumes must be a list"),
    within("  volumes: [hostPath]"): ("web.yaml:6: ", "spec.volumes[0] must be a map"),
    POD + "    securityContext: [privileged]\n": ("web.yaml:9: ", "spec.containers[0].securityContext must be a map"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_refused_with_its_line_and_what_to_write(text: str) -> None:
    """In one message that names the object."""
    place, *parts = REFUSED[text]

    said = told(text)

    assert said[0].startswith(f'{place}{manifests.parse(text, "web.yaml")[0].kind} "web": ')
    assert [part for part in parts if part not in said[0]] == [], said
    assert all(one.endswith((".", "?")) for one in said)


@pytest.mark.parametrize(
    "text",
    [
        POD,
        within("  hostNetwork: false\n  hostPID: null\n  nodeName: ''\n  automountServiceAccountToken: false\n  volumes:"),
        within("  terminationGracePeriodSeconds: 60\n  priorityClassName: high\n  nodeSelector: {hostPath: a, nodeName: b}"),
        within("  volumes:\n  - {name: a, emptyDir: {}}\n  - {name: b, projected: {sources: [{configMap: {name: c}}]}}"),
        POD + "    securityContext: {privileged: false}\n    ports: [{hostPort: 0}]\n    env: [{name: hostPath, value: x}]\n",
        within("  namespace: ''\n  finalizers: []\n  labels: {privileged: 'true'}", before="spec:\n"),
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80, nodePort: 30080}], externalIPs: []}\n",
    ],
)
def test_what_is_harmless_passes(text: str) -> None:
    """Fields with their default value, and texts that only look like such fields."""
    assert told(text) == []


@pytest.mark.parametrize("kind", TEMPLATES)
@pytest.mark.parametrize("rule", OF_PODS, ids=lambda rule: rule.pattern)
def test_the_pods_of_every_kind_are_looked_at(kind: str, rule: Any) -> None:
    """Wherever the kind has them, also in a list."""
    body: dict[str, Any] = {"apiVersion": BUILT_IN[kind].api_version, "kind": kind, "metadata": {"name": "web"}}
    values = {"spec.priorityClassName": "system-x", "spec.volumes.[]": {"csi": {}}, "metadata.finalizers": ["a/b"]}
    path = f"{TEMPLATES[kind]}{rule.pattern}".split(".")
    if kind == "Pod" and rule.pattern == "metadata.finalizers":
        body["metadata"]["finalizers"] = ["a/b"]
    else:
        body |= made(path, values.get(rule.pattern, 100))
    text = yaml.safe_dump({"apiVersion": "v1", "kind": "List", "items": [yaml.safe_load(POD), body]})

    said = told(text, kinds=(kind, "Pod"))

    assert said
    assert rule.says in said[0]
    assert said[0].startswith("web.yaml:")
    assert told(text, rule.allow, kinds=(kind, "Pod")) == [] if rule.allow else True


def made(path: list[str], value: Any) -> Any:
    """The object in which the field at this path has this value."""
    if not path:
        return value
    inner = made(path[1:], value)
    return [inner] if path[0] == "[]" else {path[0]: inner}


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("Service", "spec: {externalIPs: [10.0.0.1]}", "spec.externalIPs takes an address for the whole cluster"),
        ("ServiceAccount", "automountServiceAccountToken: true", "automountServiceAccountToken gives Pods a token"),
        ("Secret", "type: kubernetes.io/service-account-token", "type has Kubernetes write a token"),
        (
            "StatefulSet",
            "spec: {volumeClaimTemplates: [{metadata: {name: a, finalizers: [a/b]}}]}",
            "spec.volumeClaimTemplates[0].metadata.finalizers would keep",
        ),
    ],
)
def test_other_kinds_have_rules_of_their_own(kind: str, more: str, says: str) -> None:
    """If an exercise asks for them."""
    text = f"apiVersion: {BUILT_IN[kind].api_version}\nkind: {kind}\nmetadata: {{name: web}}\n{more}\n"

    assert told(text, kinds=(kind,)) == [said for said in told(text, kinds=(kind,)) if says in said] != []
    assert told(text.replace(more, ""), kinds=(kind,)) == []


def test_an_exercise_may_allow_what_is_refused_otherwise() -> None:
    """By the name in its tag."""
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {externalIPs: [10.0.0.1]}\n"

    assert told(within("  nodeName: kubelab-worker"), "nodeName") == []
    assert told(service, "externalIPs") == []
    assert len(told(service, "nodeName")) == 1


def test_what_is_not_known_is_refused_though_the_exercise_asks_for_it() -> None:
    """It is unknown where such an object has Pods."""
    [said] = told(POD.replace("kind: Pod", "kind: Website").replace("v1", "example.com/v1"), kinds=("Website",))

    assert said.startswith('web.yaml:2: Website "web": whether objects of kind Website start Pods is not known, so none is taken')


def test_what_belongs_to_the_whole_cluster_is_refused_though_the_exercise_asks_for_it() -> None:
    """A submission may not change the cluster."""
    [said] = told(POD.replace("kind: Pod", "kind: PersistentVolume"), kinds=("PersistentVolume",))

    assert "belongs to the whole cluster" in said


def test_each_mistake_is_told_once_and_all_of_them_are() -> None:
    """In the order of the documents."""
    other = within("  volumes: {}").replace("name: web", "name: b", 1)
    text = "---\n".join([within("  hostPID: true"), POD.replace("kind: Pod", "kind: Job"), other])

    assert [one.split(" ")[1:3] for one in told(text)] == [["Pod", '"web":'], ["Job", '"web":'], ["Pod", '"b":']]


def test_more_than_200_documents_are_refused() -> None:
    """Those of a list count, too."""
    items = {"apiVersion": "v1", "kind": "List", "items": [yaml.safe_load(POD)] * 201}

    assert told("---\n".join([POD] * 200)) == []
    assert told("---\n".join([POD] * 201)) == ["web.yaml:1801: there are more than the 200 objects that are taken. Hand in fewer."]
    assert len(told(yaml.dump(items, Dumper=NoAliases))) == 1


class NoAliases(yaml.SafeDumper):
    """Writes repeated values in full."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Always."""
        return True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "web.yaml:9:5:"),
        (BOMB, "the aliases (*name) in here stand for more than the 100000 values"),
        (f"{POD}a: &a [*a]\n", "web.yaml:9:4: this alias contains itself"),
        (POD + "# " + "x" * 1_000_000, "web.yaml: this is larger than the 1 MB that are read"),
        ("---\n" * 200_000, "more than the 1000 documents"),
        (f"{POD}a: {'[' * 100_000}", "nested more than 100 deep"),
        ("{", "web.yaml:2:1: this is not YAML"),
        ("", "there is no object in this file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_nothing_else(tmp_path: Path, text: str, says: str) -> None:
    """The message about the manifest, without its path on this machine."""
    (tmp_path / "web.yaml").write_text(text)
    (tmp_path / "b.yml").write_text(within("  hostPID: true"))

    [said] = inspected(tmp_path, ["b.yml", "web.yaml"], KINDS)

    assert says in said
    assert str(tmp_path) not in said
    assert "--lab" not in said


def test_every_manifest_of_a_folder_is_looked_at(tmp_path: Path) -> None:
    """Commands are not YAML, and a missing file is reported elsewhere."""
    (tmp_path / "web.yaml").write_text(POD)
    (tmp_path / "b.yml").write_text(within("  hostPID: true"))
    (tmp_path / "web.sh").write_text("kubectl get pods")

    [said] = inspected(tmp_path, ["web.yaml", "b.yml", "web.sh", "c.yaml"], KINDS)

    assert said.startswith("b.yml:6: ")
