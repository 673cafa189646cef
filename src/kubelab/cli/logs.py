"""`kubelab logs`: writes the logs of the cluster's nodes into a folder."""

from collections.abc import Sequence
from pathlib import Path

from kubelab.cli.arguments import parser, settings

ABOUT = """\
Write the logs of every node into a folder: kubelet, container runtime, control plane, pods. Takes some seconds.
Changes nothing in the cluster, and also works for a broken one, as long as its containers run.

examples:
  kubelab logs reports/nodes
  kubelab logs --context my-cluster reports/nodes
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("logs", ABOUT, context=True)
    form.add_argument("folder", metavar="DIR", type=Path, help="where to write them; created if it is missing")
    arguments = form.parse_args(words)

    from kubelab.clusters import provider  # noqa: PLC0415  (not needed for --help)

    arguments.folder.mkdir(parents=True, exist_ok=True)
    provider(settings(arguments)).collect_logs(arguments.folder)
    print(f"written to {arguments.folder}")
    return 0
