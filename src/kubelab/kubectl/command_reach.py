"""Whether a kubectl command with allowed verbs and flags keeps to the namespace and the files of its scenario; it is refused where not."""

from collections.abc import Iterator

from kubelab import manifests
from kubelab.client.kinds import Resolve, built_in
from kubelab.errors import LabFailure
from kubelab.kubectl.allowed_verbs import CONFIG
from kubelab.kubectl.command import Command, take_apart
from kubelab.kubectl.parsing import NotRun

KINDLESS = frozenset({"api-resources", "apply", "replace", "run", "exec", CONFIG})
"""Verbs without a word for a kind: their files are checked instead."""
PAIRING = frozenset({"annotate", "label", "set"})
"""Verbs whose arguments can also be pairs (key=value) and keys to remove (key-)."""
REHEARSALS = frozenset({"client", "server"})
"""The values of --dry-run with which a verb changes nothing, so that it may name cluster-wide objects."""
REHEARSING = frozenset({"diff"})
"""Verbs that change nothing, but let the API server rehearse a change."""
SAFE_DELETION = frozenset({"cascade", "dry-run", "grace-period", "ignore-not-found", "now", "output", "timeout", "wait"})
"""Flags of a deletion that do not add objects to it."""
VISIBLE = frozenset({"ingress-nginx", "kube-system", "metallb-system"})
"""The other namespaces that reading verbs may look into."""
FORMATS = frozenset(
    {"custom-columns", "go-template", "json", "jsonpath", "jsonpath-as-json", "kyaml", "name", "plaintext", "plaintext-openapiv2"}
    | {"template", "wide", "yaml"}
)
"""The allowed values of -o; the others read files."""


def allowed(line: str, namespace: str = "", resolve: Resolve = built_in) -> Command:
    """The command, if a scenario of that namespace may run it; else LabFailure that says what is refused, why, and what to do instead.

    `resolve` finds the kinds that a word names.
    """
    try:
        return _held(take_apart(line), namespace, resolve)
    except NotRun as refused:
        raise LabFailure(f"This kubectl command is not run: {refused}.\n  {line}") from refused


def only_reads(line: str, namespace: str = "", resolve: Resolve = built_in) -> bool:
    """Whether it is such a command, and only gets, lists and watches: a rehearsal sends what would be changed."""
    try:
        command = allowed(line, namespace, resolve)
    except LabFailure:
        return False
    return command.reads and command.verb not in REHEARSING


def _held(command: Command, namespace: str, resolve: Resolve) -> Command:
    """The command itself; NotRun where it reaches beyond the scenario's namespace or reads other files than the lab's."""
    for refusal in (*_elsewhere(command, namespace), *_of_files(command), *_wide(command, namespace, resolve)):
        raise NotRun(refusal)
    for text in command.values("overrides"):
        manifests.held(manifests.fragment(text or "", "--overrides"), namespace, resolve)
    return command


def _elsewhere(command: Command, namespace: str) -> Iterator[str]:
    if command.namespace and not manifests.is_own(command.namespace, namespace) and not (command.reads and command.namespace in VISIBLE):
        seen = ", ".join(sorted(VISIBLE))
        yield f'a scenario has a namespace of its own, and may only look into {seen}: leave out "-n {command.namespace}"'
    if command.everywhere and command.verb != "get":
        yield f'"-A" is only for get, not for {command.verb}'


def _of_files(command: Command) -> Iterator[str]:
    for file in command.values("filename"):
        if "://" in (file or ""):
            yield f'"{file}" is a page of the network; write its manifest into a file of the lab, and apply that'
    for form in command.values("output"):
        if form and form.partition("=")[0] not in FORMATS:
            yield f'"-o {form}" would read a file of this machine, or is none of {", ".join(sorted(FORMATS))}; write the template itself'


def _wide(command: Command, namespace: str, resolve: Resolve) -> Iterator[str]:
    if command.reads or command.verb in KINDLESS or _is_rehearsed(command) or _deletes_own(command, namespace):
        return
    for word in command.named[1:2] if command.verb == "create" else _kinds(command):
        if any(not kind.namespaced for kind in resolve(word)):
            yield f'"{word}" belongs to the whole cluster, and a scenario changes only its own namespace'


def _kinds(command: Command) -> Iterator[str]:
    """The words for kinds in the arguments: TYPE,TYPE NAME… or TYPE/NAME…."""
    words = command.arguments
    if command.verb in PAIRING:
        words = [word for word in words if "=" not in word and not word.endswith("-")]
    for at, word in enumerate(words):
        if at == 0 or "/" in word:
            yield from filter(None, word.partition("/")[0].split(","))


def _is_rehearsed(command: Command) -> bool:
    """Whether the command is a dry run."""
    return set(command.values("dry-run")) in ({"client"}, {"server"}, REHEARSALS)


def _deletes_own(command: Command, namespace: str) -> bool:
    """Whether the command deletes single objects by name, all of them named after the scenario's namespace."""
    words = command.arguments
    names = [word.partition("/")[2] for word in words] if any("/" in word for word in words) else words[1:]
    named = bool(names) and all(manifests.is_named_after(name, namespace) for name in names)
    return command.verb == "delete" and named and {flag.name for flag in command.flags} <= SAFE_DELETION
