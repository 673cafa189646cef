"""`kubelab up`: finds or creates the kind cluster."""

from collections.abc import Sequence

from kubelab.cli.arguments import kind_settings, parser

ABOUT = """\
Find the kind cluster, or create it: one control plane and two workers, with a kubeconfig file of its own.

A running cluster is used as it is. One whose nodes have died, or that a killed `up` left unfinished, is recreated.
The machine is checked first (see kubelab doctor), and nothing starts on one that cannot run a cluster. If no container
registry answers, a node image is compiled from source the first time, which takes minutes; later runs take less than one.
With a published node image, the nodes then pull the images that labs use: what is not there within a minute is pulled in
the background (see kubelab status). An image that cannot be pulled is reported, and tried again by the next `up`.

What it changes: containers, images and a network of docker or podman; ~/.local/state/kubelab (kubeconfig, lock);
~/.cache/kubelab (programs, build stages). Never ~/.kube/config. As root on Debian or Ubuntu it installs what podman needs.

examples:
  kubelab up                                   the cluster "kubelab"
  kubelab up --kubernetes 1.35.4 --fresh       another version, recreated
  kubelab up --name small --workers 0          a second cluster, one node
  kubelab up --mirror http://10.0.0.5:5000     its nodes ask a registry of your own first for every image
  export KUBECONFIG=$(kubelab status --kubeconfig)   talk to it with your own kubectl
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("up", ABOUT)
    form.add_argument("--workers", metavar="N", help="worker nodes of a new cluster (default: 2)")
    form.add_argument("--kubernetes", metavar="VERSION", help="Kubernetes version of a new cluster (default: 1.36.3)")
    form.add_argument("--image", metavar="NAME", help="take this node image instead of the usual choice")
    form.add_argument("--mirror", metavar="URL", help="a registry that the nodes of a new cluster ask first for every image")
    form.add_argument("--fresh", action="store_true", default=None, help="remove the running cluster and make a new one")
    form.add_argument("--quiet", action="store_true", help="plain lines instead of a live line")
    arguments = form.parse_args(words)
    wanted = kind_settings(arguments)

    from kubelab.clusters import maker  # noqa: PLC0415  (not needed for --help)
    from kubelab.clusters.progress import Progress  # noqa: PLC0415

    cluster = maker(wanted).up(Progress(quiet=arguments.quiet))
    print(f'Cluster "{cluster.name}" is up: Kubernetes {cluster.version} on {cluster.reason}')
    print(f"Talk to it: export KUBECONFIG={cluster.kubeconfig}")
    return 0
