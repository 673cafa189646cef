"""Waits for what kind only warns about: nodes ready, the system's pods ready, and cluster DNS answering on every node."""

import struct
from collections.abc import Callable, Sequence

from kubelab.clusters.server import Server
from kubelab.errors import SetupTrouble
from kubelab.output import Output

Execute = Callable[[str, Sequence[str], float], Output]
"""Runs a program in a node: node, words, time limit in seconds."""

NAME = "kubernetes.default.svc.cluster.local"
"""A name that every cluster's DNS must know."""


def settled(server: Server, execute: Execute, nodes: Sequence[str], limit: float = 180) -> None:
    """Return once nodes, network, system pods and DNS work; SetupTrouble that says which does not within `limit` seconds."""
    patience = f"--timeout={limit:.0f}s"
    waits = [
        (["node", "--all", "--for=condition=Ready"], "the nodes do not become ready (a node is ready once its pod network is)"),
        (["deployment", "--all", "-A", "--for=condition=Available"], "the system's deployments do not become available"),
        (["pod", "--all", "-A", "--for=condition=Ready"], "the system's pods do not become ready"),
    ]
    for words, trouble in waits:
        output = server.ask("wait", patience, *words, timeout=limit + 10)
        if not output.good:
            raise SetupTrouble(_text(server, trouble, output))
    for node in nodes:
        heard = answer(execute, node, min(limit, 120))
        if not heard.good:
            raise SetupTrouble(_text(server, f"its DNS does not answer on node {node} (asked for {NAME})", heard))


def answer(execute: Execute, node: str, limit: float) -> Output:
    """The answer of cluster DNS, asked from the node over UDP for at most `limit` seconds, for the API server's Service."""
    return execute(node, ["bash", "-c", question(NAME, limit)], limit + 10)


def question(name: str, limit: float) -> str:
    r"""A bash script that asks 10.96.0.10 for the name's address until the answer has no error and at least one record.

    Bash's own /dev/udp, since a node image need not have a DNS client, and coreutils' printf, since
    bash's own sends the packet line by line; each try waits a second for its answer.
    """
    packet = struct.pack(">HHHHHH", 0x6B6C, 0x0100, 1, 0, 0, 0) + _labels(name) + struct.pack(">HH", 1, 1)
    octets = "".join(f"\\x{octet:02x}" for octet in packet)
    return f"""
end=$((SECONDS + {limit:.0f})); heard=
while [ $SECONDS -lt $end ]; do
  exec 3<>/dev/udp/10.96.0.10/53 && env printf '{octets}' >&3 2>/dev/null
  heard=$(timeout 1 dd bs=512 count=1 <&3 2>/dev/null | od -An -v -tx1 -N8 | tr -d ' \\n')
  case $heard in 6b6c???0????????) [ "${{heard:12:4}}" != 0000 ] && exit 0;; esac
  sleep 0.2
done
echo "last answer: ${{heard:-none}}" >&2; exit 1
"""


def _labels(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def _text(server: Server, trouble: str, output: Output) -> str:
    seen = server.ask("get", "nodes,pods", "--all-namespaces", "--no-headers").out.rstrip().splitlines()
    troubled = [line for line in seen if " Running " not in line and " Ready " not in line]
    said = [line for row in troubled[:3] for line in _last_words(server, "--namespace", *row.split()[:2])]
    said += _last_words(server, "--namespace", "kube-system", "--selector", "k8s-app in (kube-proxy, kube-dns)", "--prefix")
    shown = "\n".join(f"  | {line}" for line in [*output.tail.splitlines()[-3:], *(troubled or seen)[:8], *said])
    return f"The cluster is there, but {trouble}:\n{shown}\nSee whether the machine is fit, then try again: kubelab doctor"


def _last_words(server: Server, *pods: str) -> list[str]:
    """The last log line of each of these pods; none for those that have not run."""
    return server.ask("logs", *pods, "--tail=1", "--ignore-errors").out.rstrip().splitlines()
