"""What a lab may run on a node: programs that tell how things are there, in forms that change nothing."""

import re
import shlex

from kubelab.clusters.process import NOT_FOUND, Output
from kubelab.clusters.provider import Provider
from kubelab.errors import LabFailure, SetupTrouble

FORMS = {
    "ip": r"ip( -(4|6|br|brief|c|d|details|j|json|o|oneline|p|pretty|s|statistics))*"
    r" (a|addr|address|l|link|n|neigh|r|route|rule)( (show|list|ls|get)( [\w./:%@-]+)*)?",
    "bridge": r"bridge( -(c|d|details|j|json|o|oneline|p|pretty|s|statistics))* (link|fdb|vlan)( (show|list)( [\w./:%@-]+)*)?",
    "cat": r"cat( /(proc|sys|etc/cni|etc/hosts|etc/resolv\.conf)[\w./:%@-]*)+",
    "iptables-save": r"iptables-save( (-c|-t \w+))*",
}
"""Each program with the command lines that only read, as a pattern; words are separated by one space."""
LIMIT = 20
"""Seconds until a program is ended: all of these answer at once."""


def read(provider: Provider, node: str, line: str) -> Output:
    """What the program printed in the node itself; LabFailure where it is none that only reads."""
    argv = _words(line)
    form = FORMS.get(argv[0] if argv else "")
    if form is None or ".." in line or not re.fullmatch(form, " ".join(argv)):
        raise LabFailure(
            f"This is not run on a node: {line}\n"
            f"A lab only reads there, with {', '.join(FORMS)}: ip and bridge show, cat reads in /proc, /sys and /etc/cni."
        )
    output = provider.execute(node, argv, timeout=LIMIT)
    if output.code == NOT_FOUND:
        raise SetupTrouble(f'Node "{node}" has no program "{argv[0]}": {output.tail}')
    return output


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise LabFailure(f"This command cannot be read ({error}): check its quotes.\n  {line}") from error
