"""What a lab may run on a node: programs that show the node's state, only in forms that change nothing."""

import re
import shlex

from kubelab.clusters.process import NOT_FOUND
from kubelab.clusters.provider import Provider
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.output import Output

TREES = (
    r"/etc/(hosts|hostname|os-release|resolv\.conf)",
    r"/etc/cni/net\.d/[\w.-]+\.(conf|conflist)",  # other files there may be kubeconfigs
    r"/proc/(cpuinfo|loadavg|meminfo|stat|swaps|uptime|version|vmstat|pressure/(cpu|io|memory))",
    r"/proc/net/[\w-]+",
    r"/proc/sys/kernel/(hostname|osrelease|ostype|pid_max|threads-max|version)",
    r"/proc/sys/net(/[\w.:@-]+)+",
    r"/sys/class/net/[\w.:@-]+/((bridge|statistics)/)?\w+",  # its other folders lead to devices
    r"/sys/fs/cgroup(/[\w.:@-]+)+",
)
"""The files that may be read, as patterns: none of them leads to other files, as /proc/1/root does."""
SECRET = re.compile(r"key|secret|\.\.")
"""What must not be in a path that is read: /proc/sys/net also contains keys."""
FORMS = {
    "ip": r"ip( -(4|6|br|brief|c|d|details|j|json|o|oneline|p|pretty|s|statistics))*"
    r" (a|addr|address|l|link|n|neigh|r|route|rule)( (show|list|ls|get)( [\w./:%@-]+)*)?",
    "bridge": r"bridge( -(c|d|details|j|json|o|oneline|p|pretty|s|statistics))* (link|fdb|vlan)( (show|list)( [\w./:%@-]+)*)?",
    "cat": rf"cat( ({'|'.join(TREES)}))+",
    "iptables-save": r"iptables-save( (-c|-t \w+))*",
}
"""Each program with the command lines that only read, as a pattern; words are separated by one space."""
LIMIT = 20
"""Seconds until a program is ended: all of these finish at once."""


def read(provider: Provider, node: str, line: str) -> Output:
    """What the program printed in the node itself; LabFailure for one that does more than read."""
    argv = _words(line)
    form = FORMS.get(argv[0] if argv else "")
    if form is None or SECRET.search(line) or not re.fullmatch(form, " ".join(argv)):
        raise LabFailure(
            f"This is not run on a node: {line}\n"
            f"A lab only reads there, with {', '.join(FORMS)}: ip and bridge show, and cat tells what is in /proc/net, /proc/sys/net, "
            "/sys/class/net, /sys/fs/cgroup, /etc/cni/net.d, /etc/hosts, /etc/resolv.conf, /proc/meminfo and the like."
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
