"""`kubelab down`: removes the kind cluster."""

from collections.abc import Sequence

from kubelab.cli.arguments import kind_settings, parser

ABOUT = """\
Remove the kind cluster that `kubelab up` created: its containers with everything that runs in them, and its kubeconfig file.
Images, programs and build stages stay, so that the next `up` is quick. It is fine if there is nothing to remove.

examples:
  kubelab down
  kubelab down --name small
  kubelab down && kubelab up     an empty cluster again
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("down", ABOUT)
    form.add_argument("--quiet", action="store_true", help="plain lines instead of a live line")
    arguments = form.parse_args(words)
    wanted = kind_settings(arguments)

    from kubelab.clusters import maker  # noqa: PLC0415  (not needed for --help)
    from kubelab.clusters.progress import Progress  # noqa: PLC0415

    maker(wanted).down(Progress(quiet=arguments.quiet))
    print(f'Cluster "{wanted.name}" is down.')
    return 0
