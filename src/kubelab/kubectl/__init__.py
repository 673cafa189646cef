"""The real kubectl as a step: its words are split as a shell would, without a shell, and limited to labs' verbs and one namespace."""

import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from operator import not_

from kubelab import manifests
from kubelab.client.kinds import Resolve, built_in
from kubelab.client.knocking import PREMATURE, WAIT, knock
from kubelab.client.refusals import of_a_lab
from kubelab.clusters import process
from kubelab.errors import SetupTrouble
from kubelab.kubectl.command import Command
from kubelab.kubectl.command_files import commands
from kubelab.kubectl.command_reach import allowed, only_reads
from kubelab.kubectl.contexts import Kubeconfig
from kubelab.kubectl.inputs import with_files, with_images
from kubelab.kubectl.naming import named
from kubelab.output import Output

__all__ = ["LIMIT", "Kubeconfig", "allowed", "commands", "only_reads", "run"]

LIMIT = 120.0
"""Seconds after which a command is ended."""
REFUSED = re.compile(
    r"the connection to the server \S+ was refused|unable to connect to the server:.*refused"
    r'|^(?:error: )?(?:get|post|put|patch|delete) "https://\S+: dial tcp \S+: connect: connection refused',
    re.IGNORECASE | re.MULTILINE,
)
"""How kubectl says that its connection was refused."""
UNREACHABLE = ("the connection to the server", "unable to connect to the server", "tls handshake timeout", "i/o timeout")
"""How kubectl says that it got no answer."""


def run(
    line: str,
    kubeconfig: Kubeconfig,
    images: manifests.Images,
    find: Callable[[str], Sequence[manifests.Document]],
    resolve: Resolve = built_in,
    *,
    limit: float = LIMIT,
) -> Output:
    """What the command printed, with images named as the lab names them; LabFailure for a command that a lab may not run.

    `find` reads a manifest by its name, substituted: `-f FILE` becomes standard input. `resolve` finds the kinds that a word names.
    """
    command = allowed(line, kubeconfig.namespace, resolve)
    words, stdin = with_files(with_images(command.words, images), find)
    who = (str(kubeconfig.cluster.kubectl), *kubeconfig.flags(command))
    everywhere = ("--all-namespaces",) if command.everywhere else ()  # unlike the flags that say who, this one belongs to the verb
    # A user's own kuberc could give kubectl's verbs other meanings.
    environment = {**os.environ, "KUBECTL_KUBERC": "false"}
    argv = [*who, *words, *everywhere, *command.inner]
    asked = partial(process.run, argv, limit, environment, stdin=stdin)
    output = knock(asked, partial(_is_refused, command), WAIT * limit / LIMIT)
    if _may_be_premature(command, output):
        knock(lambda: process.run([*who, "get", "--raw", "/readyz"], limit, environment).good, not_, WAIT * limit / LIMIT)
        output = asked()
    if output.code and (any(words in output.err.lower() for words in UNREACHABLE) or REFUSED.search(output.err)):
        raise SetupTrouble(f"The cluster did not answer kubectl:\n  {output.tail}\nSee how it is: kubelab status")
    return Output(output.code, named(output.out, images), images.says(of_a_lab(output.err)))


def _is_refused(command: Command, output: Output) -> bool:
    """Whether nothing reached the API server."""
    return bool(REFUSED.search(output.err)) and _did_nothing(command, output)


def _may_be_premature(command: Command, output: Output) -> bool:
    """Whether it was forbidden, perhaps by an API server that has just started."""
    return "(Forbidden)" in output.err and bool(PREMATURE.search(output.err)) and _did_nothing(command, output)


def _did_nothing(command: Command, output: Output) -> bool:
    """A command that changes something prints each thing that it has done."""
    return bool(output.code) and (command.reads or not output.out)
