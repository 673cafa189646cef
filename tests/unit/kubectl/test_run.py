"""Running kubectl: with the lab's images and files, in the scenario's namespace; a fake kubectl prints its arguments."""

import json
from pathlib import Path

import pytest

from kubelab import kubectl
from kubelab.client import knocking
from kubelab.clusters.provider import OURS, Cluster
from kubelab.errors import SetupTrouble
from kubelab.manifests import Document, Images
from kubelab.policy import Substitution

ECHO = '#!/bin/sh\nfor word in "$@"; do echo "$word"; done\necho "KUBERC=$KUBECTL_KUBERC"\ncat\n'


@pytest.fixture
def images() -> Images:
    """One substitution."""
    return Images({"nginx:1.14": Substitution("nginx:1.14", "docker.io/library/nginx:1.18", "gone")})


def cluster(folder: Path, script: str = ECHO) -> kubectl.Kubeconfig:
    """The kubeconfig of a cluster whose kubectl is a script, for a scenario whose namespace is "mine"."""
    program = folder / "kubectl"
    program.write_text(script)
    program.chmod(0o755)
    found = Cluster(
        "c",
        "kind",
        folder / "config",
        "the-context",
        "v1",
        "",
        images="own",
        kubectl=program,
        can=OURS,
    )
    return kubectl.Kubeconfig(found, "mine", lambda: folder)


def no_file(name: str) -> list[Document]:
    """A lab without manifests."""
    raise AssertionError(name)


def words_of(folder: Path, line: str, images: Images) -> list[str]:
    """The arguments of kubectl after those for account and cluster."""
    output = kubectl.run(line, cluster(folder), images, no_file)
    return output.out.splitlines()[4:-1]


def test_it_runs_in_the_scenarios_namespace(tmp_path: Path, images: Images) -> None:
    """With the cluster's own kubeconfig and context, and without the user's kuberc."""
    output = kubectl.run("kubectl get pods", cluster(tmp_path), images, no_file)

    given = ["--kubeconfig", str(tmp_path / "config"), "--context", "the-context", "--namespace", "mine", "get", "pods", "KUBERC=false"]
    assert output.out.splitlines() == given


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("kubectl get pods -n kube-system", ["--namespace", "kube-system", "get", "pods"]),
        ("kubectl get pods -A", ["get", "pods", "--all-namespaces"]),
        ("kubectl run w --image=busybox -- echo '$A b'", ["--namespace", "mine", "run", "w", "--image=busybox", "--", "echo", "$A b"]),
    ],
)
def test_the_words_are_split_as_a_shell_would(tmp_path: Path, images: Images, line: str, words: list[str]) -> None:
    """And nothing is expanded: there is no shell."""
    assert words_of(tmp_path, line, images) == words


@pytest.mark.parametrize(
    "line",
    ["kubectl run w --image=nginx:1.14", "kubectl run w --image nginx:1.14", "kubectl set image pod/w w=nginx:1.14 --record=false"],
)
def test_images_are_replaced_and_named_back(tmp_path: Path, images: Images, line: str) -> None:
    """The cluster's image is run, the lab's name is shown."""
    script = '#!/bin/sh\necho "$@" > "$(dirname "$0")/given"\necho "$@"\n'

    output = kubectl.run(line, cluster(tmp_path, script), images, no_file)

    assert "docker.io/library/nginx:1.18" in (tmp_path / "given").read_text()
    assert "docker.io" not in output.out
    assert "nginx:1.14" in output.out


def test_images_in_a_patch_are_replaced(tmp_path: Path, images: Images) -> None:
    """In every format that kubectl accepts."""
    patch = '{"spec":{"containers":[{"name":"w","image":"nginx:1.14"}]}}'
    script = '#!/bin/sh\necho "$@" > "$(dirname "$0")/given"\n'

    for flag in ("-p ", "--patch ", "--patch="):
        kubectl.run(f"kubectl patch pod w {flag}'{patch}'", cluster(tmp_path, script), images, no_file)
        assert "docker.io/library/nginx:1.18" in (tmp_path / "given").read_text()


@pytest.mark.parametrize("flag", ["-f a.yaml", "-fa.yaml", "--filename=a.yaml", "--filename a.yaml"])
def test_a_file_is_read_by_us(tmp_path: Path, images: Images, flag: str) -> None:
    """It reaches kubectl through standard input."""
    body = {"apiVersion": "v1", "kind": "Pod"}

    output = kubectl.run(f"kubectl apply {flag}", cluster(tmp_path), images, lambda name: [Document(body, name)])

    assert output.out.splitlines()[6:9] == ["apply", "-f", "-"]
    assert json.loads(output.out.splitlines()[-1]) == body


def test_a_flag_of_logs_is_not_a_file(tmp_path: Path, images: Images) -> None:
    """The -p of logs is not a patch."""
    assert words_of(tmp_path, "kubectl logs web -p", images)[2:] == ["logs", "web", "--previous"]


REFUSES = """#!/bin/sh
cd "$(dirname "$0")"
{done}
if [ "$(cat tries)" = yes ]; then echo made; else echo yes > tries; echo "{said}" >&2; exit 1; fi
"""


@pytest.mark.parametrize(
    ("line", "done", "said", "again"),
    [
        ("kubectl get pods", "", "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?", True),
        ("kubectl get pods", "echo some", 'Get \\"https://127.0.0.1:1/api\\": dial tcp 127.0.0.1:1: connect: connection refused', True),
        ("kubectl create configmap x", "", "Unable to connect to the server: dial tcp 127.0.0.1:1: connect: connection refused", True),
        ("kubectl exec web -- curl http://web", "", "curl: (7) Failed to connect to web port 80: Connection refused", False),
    ],
)
def test_a_refused_connection_is_tried_again(
    tmp_path: Path, images: Images, monkeypatch: pytest.MonkeyPatch, line: str, done: str, said: str, *, again: bool
) -> None:
    """If nothing has reached the API server; an error of a program in a Pod about another server is its own."""
    monkeypatch.setattr(knocking, "PAUSE", 0)
    (tmp_path / "tries").write_text("no")

    output = kubectl.run(line, cluster(tmp_path, REFUSES.format(done=done, said=said)), images, no_file)

    assert ("made" in output.out, output.good) == (again, again)


FORBIDS = """#!/bin/sh
cd "$(dirname "$0")"
case "$*" in *"get --raw /readyz"*) if [ "$(cat tries)" = ready ]; then exit 0; else echo ready > tries; exit 1; fi;; esac
{done}
if [ "$(cat tries)" = ready ]; then echo made; else echo '{said}' >&2; exit 1; fi
"""
CANNOT = 'Error from server (Forbidden): pods is forbidden: User "x" cannot create resource "pods"'


@pytest.mark.parametrize(
    ("said", "done", "again"),
    [(CANNOT, "", True), (CANNOT, "echo pod/a created", False), ("Error from server (Forbidden): quota exceeded", "", False)],
)
def test_what_a_starting_server_forbids_is_tried_again(
    tmp_path: Path, images: Images, monkeypatch: pytest.MonkeyPatch, said: str, done: str, *, again: bool
) -> None:
    """Once it is ready, and only if nothing was done."""
    monkeypatch.setattr(knocking, "PAUSE", 0)
    (tmp_path / "tries").write_text("no")

    output = kubectl.run("kubectl create configmap x", cluster(tmp_path, FORBIDS.format(said=said, done=done)), images, no_file)

    assert ("made" in output.out, output.good) == (again, again)


def test_what_has_begun_is_not_done_twice(tmp_path: Path, images: Images) -> None:
    """The second of two objects did not reach the API server."""
    (tmp_path / "tries").write_text("no")
    script = REFUSES.format(done="echo pod/a created", said="The connection to the server 127.0.0.1:1 was refused")

    with pytest.raises(SetupTrouble, match="did not answer kubectl"):
        kubectl.run("kubectl delete pod a b", cluster(tmp_path, script), images, no_file)


def test_a_cluster_that_does_not_answer_is_trouble(tmp_path: Path, images: Images, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the lab's fault."""
    monkeypatch.setattr(kubectl, "WAIT", 0)
    script = "#!/bin/sh\necho 'The connection to the server 127.0.0.1:1 was refused' >&2\nexit 1\n"

    with pytest.raises(SetupTrouble, match="did not answer kubectl"):
        kubectl.run("kubectl get pods", cluster(tmp_path, script), images, no_file)


def test_what_it_says_and_its_code_are_kept(tmp_path: Path, images: Images) -> None:
    """The next sentence judges a failure."""
    output = kubectl.run("kubectl get pods", cluster(tmp_path, "#!/bin/sh\necho no >&2\nexit 3\n"), images, no_file)

    assert (output.code, output.err) == (3, "no\n")
