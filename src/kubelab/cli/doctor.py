"""`kubelab doctor`: checks what a run needs, and prints the command that fixes each finding."""

from collections.abc import Sequence

from kubelab.cli.arguments import parser, settings

ABOUT = """\
Check what a cluster needs of this machine: a container engine and the rights to use it, kernel limits, memory, disk,
ports, programs. Each finding comes with the exact command that fixes it. Changes nothing.

✓ fine   ! works, but could be better   ✗ in the way: `kubelab up` does not start. Exit code 1 when there is a ✗.
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("doctor", ABOUT)
    form.add_argument("--workers", metavar="N", help="check for this many worker nodes (default: 2)")
    wanted = settings(form.parse_args(words))

    from kubelab.clusters import facts, fitness  # noqa: PLC0415

    found = fitness.findings(facts.gather(wanted.name, wanted.size))
    print("\n".join(line for finding in found for line in finding.lines()))
    return int(any(finding.verdict is fitness.Verdict.STOPS for finding in found))
