"""`kubelab status`: shows which cluster would be used, its nodes, and how to reach it."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kubelab.cli.arguments import parser, settings

if TYPE_CHECKING:
    from kubelab.clusters.provider import Cluster, Provider
    from kubelab.clusters.settings import Settings

ABOUT = """\
Show the cluster that pytest would use: its version, its nodes, why it is this one, and its kubeconfig.
Changes nothing. Exit code 1 when no such cluster runs.

examples:
  kubelab status
  kubelab status --context my-cluster
  export KUBECONFIG=$(kubelab status --kubeconfig)
"""


def _show_abilities(cluster: "Cluster", way: "Provider") -> None:
    """What somebody else's cluster can do for labs, and what will be skipped there."""
    from kubelab.abilities import summary  # noqa: PLC0415
    from kubelab.client import Client  # noqa: PLC0415

    for title, text in summary(cluster, way, Client(cluster.kubeconfig, cluster.context)):
        print(f"{title:<11} {text}")


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("status", ABOUT, context=True)
    form.add_argument("--kubeconfig", action="store_true", help="print only the path of its kubeconfig file")
    form.add_argument("--lab-images", dest="images", metavar="FILE", help="with a file of your own for the labs' images; or none, or own")
    arguments = form.parse_args(words)
    wanted = settings(arguments)

    from kubelab.clusters import provider  # noqa: PLC0415  (not needed for --help)
    from kubelab.clusters.progress import Progress  # noqa: PLC0415

    way = provider(wanted)
    cluster = way.up(Progress()) if wanted.context else way.find()
    if not cluster:
        print(f'Cluster "{wanted.name}" is not running, or is broken.\nMake or repair it: kubelab up --name {wanted.name}', file=sys.stderr)
        return 1
    if arguments.kubeconfig:
        print(cluster.kubeconfig)
    else:
        _show(cluster, way, wanted)
    return 0


def _show(cluster: "Cluster", way: "Provider", wanted: "Settings") -> None:
    """The cluster in lines with titles, then its nodes."""
    from kubelab import policy  # noqa: PLC0415  (not needed for --help)
    from kubelab.clusters.server import Server  # noqa: PLC0415

    print(f"cluster     {cluster.name} ({cluster.provider}), Kubernetes {cluster.version}")
    print(f"because     {cluster.reason}")
    print(f"kubeconfig  {cluster.kubeconfig}, context {cluster.context}")
    print(f"images      {policy.in_short(policy.chosen(cluster.images, wanted.images).values())}")
    for line in way.notes():
        print(f"{'':12}{line}")
    if not cluster.can.ours:
        _show_abilities(cluster, way)
    print(Server(cluster.kubectl, cluster.kubeconfig, cluster.context).ask("get", "nodes", "--output", "wide").out.rstrip())
