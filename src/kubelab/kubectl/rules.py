"""Which kubectl commands a lab may run, and what to do instead of those it may not."""

from collections.abc import Iterator

from kubelab import manifests
from kubelab.errors import LabFailure
from kubelab.kubectl.command import CONFIG, READING, Command, take_apart

WRITING = frozenset(
    {"annotate", "apply", "autoscale", "create", "delete", "exec", "expose", "label", "patch", "replace", "rollout", "run", "scale", "set"}
)
"""Verbs that stay in the namespace."""
REFUSED = {
    "edit": "it opens an editor; say the change with set, scale, patch or apply",
    "port-forward": "it never ends; ask the Pod or Service with a step that requests a page",
    "proxy": "it never ends; ask the Pod or Service with a step that requests a page",
    "attach": "it never ends; read the logs, or exec a command",
    "cordon": "it changes a node for every scenario; use the step that undoes it afterwards",
    "uncordon": "it changes a node for every scenario; use the step that undoes it afterwards",
    "drain": "it changes a node for every scenario; use the step that undoes it afterwards",
    "taint": "it changes a node for every scenario; use the step that undoes it afterwards",
    "cp": "it reads and writes this machine's files; use exec",
}
"""Verbs that labs do not get, and what to do instead."""
CONTEXTS = frozenset({"current-context", "delete-context", "get-contexts", "rename-context", "set-context", "use-context", "view"})
"""What `kubectl config` may do: it works on the scenario's own copy of the kubeconfig."""
OF_A_CONTEXT = frozenset({"--cluster", "--user"})
"""Flags that would leave the cluster, but only say of a new context what it names."""
LEAVING = frozenset(
    {
        "--kubeconfig",
        "--context",
        "--cluster",
        "--user",
        "--server",
        "--token",
        "--as",
        "--as-group",
        "--as-uid",
        "--as-user-extra",
        "--username",
        "--password",
        "--certificate-authority",
        "--client-certificate",
        "--client-key",
        "--insecure-skip-tls-verify",
        "--tls-server-name",
        "--cache-dir",
        "--raw",
        "--kustomize",
        "--recursive",
        "--patch-file",
        "--profile",
        "--profile-output",
        "--from-env-file",
        "--kuberc",
    }
)
"""Flags that would leave the cluster, the namespace or the lab's own files."""
LEAVING_SHORT = frozenset("skRnA")
"""The short forms among them: -s (--server), -k (--kustomize), -R (--recursive); and -n and -A hidden behind another letter."""
VALUED_SHORT = frozenset("ocflpLv")
"""Short flags that take the rest of the word as their value."""
ENDLESS = {"get": ("--watch", "--watch-only", "-w"), "logs": ("--follow", "-f"), "events": ("--watch", "-w"), "rollout": ("--watch=true",)}
"""Flags with which a verb never ends."""
CLUSTER_WIDE = frozenset({"no", "node", "nodes", "ns", "namespace", "namespaces", "pv", "persistentvolume", "persistentvolumes"}) | {
    form for kind in manifests.CLUSTER_WIDE for form in (kind.lower(), f"{kind.lower()}s", f"{kind.lower()}es")
}
"""How kubectl's arguments name what belongs to no namespace."""
REHEARSALS = frozenset({"--dry-run=client", "--dry-run=server"})
"""Flags with which a verb changes nothing, so that it may speak of what belongs to the whole cluster."""
SAFE_DELETION = frozenset({"--cascade", "--dry-run", "--grace-period", "--ignore-not-found", "--now", "--timeout", "--wait"})
"""Flags of a deletion that name no further objects."""
VISIBLE = frozenset({"ingress-nginx", "kube-system", "metallb-system"})
"""The other namespaces that reading verbs may look into."""


def allowed(line: str, namespace: str = "") -> Command:
    """The command, when a scenario of that namespace may run it; LabFailure that says what is refused, why, and what to do instead."""
    command = take_apart(line)
    for refusal in _refusals(command, namespace):
        raise LabFailure(f"This kubectl command is not run: {refusal}.\n  {line}")
    return command


def _refusals(command: Command, namespace: str) -> Iterator[str]:
    verb = command.verb
    if verb.startswith("-") or not verb:
        yield 'the verb comes first, as in "kubectl get pods"'
    elif verb in REFUSED:
        yield f'"{verb}" is not for labs: {REFUSED[verb]}'
    elif verb == CONFIG:
        yield from _of_config(command)
    elif verb not in READING | WRITING:
        yield f'there is no verb "{verb}" for labs; there are {", ".join(sorted(READING | WRITING))}'
    yield from _leaving(command, namespace)
    yield from _endless(command)
    yield from _wide(command, namespace)


def _of_config(command: Command) -> Iterator[str]:
    first = next(iter(command.words[1:]), "")
    if first not in CONTEXTS:
        yield f'"config {first}" changes who and where kubectl works for; of config, labs have {", ".join(sorted(CONTEXTS))}'


def _leaving(command: Command, namespace: str) -> Iterator[str]:
    leaving = LEAVING - OF_A_CONTEXT if command.words[:2] == (CONFIG, "set-context") else LEAVING
    for word in command.words:
        flag = word.partition("=")[0]
        if flag in leaving or LEAVING_SHORT & set(_letters(word)):
            yield f'"{word}" would leave the cluster, the namespace or the files of the lab'
    if command.namespace and not manifests.is_own(command.namespace, namespace) and not (command.reads and command.namespace in VISIBLE):
        seen = ", ".join(sorted(VISIBLE))
        yield f'a scenario has a namespace of its own, and may only look into {seen}: leave out "-n {command.namespace}"'
    if command.everywhere and command.verb != "get":
        yield f'"-A" is only for get, not for {command.verb}'


def _endless(command: Command) -> Iterator[str]:
    for flag in ENDLESS.get(command.verb, ()):
        if flag in command.words or f"{flag}=true" in command.words:
            yield f'with "{flag}" it never ends; a Then sentence waits for what it should show'


def _letters(word: str) -> Iterator[str]:
    if word.startswith("-") and not word.startswith("--"):
        for letter in word[1:]:
            yield letter
            if letter in VALUED_SHORT:
                return


def _wide(command: Command, namespace: str) -> Iterator[str]:
    harmless = command.reads or command.verb in {"run", "exec", CONFIG} or _is_rehearsed(command)
    if harmless or _deletes_own(command, namespace):
        return
    for before, word in zip(command.words, command.words[1:], strict=False):
        may_be_kind = before == command.verb or "/" in word or (before.startswith("-") and "=" not in before)
        kinds = [] if word.startswith("-") or not may_be_kind else word.lower().partition("/")[0].split(",")
        for kind in kinds:
            if kind.partition(".")[0] in CLUSTER_WIDE:
                yield f'"{kind}" belongs to the whole cluster, and a scenario changes only its own namespace'


def _is_rehearsed(command: Command) -> bool:
    """Whether the command only says what it would do. A word after a flag may be that flag's value, so it does not count."""
    said = [(before, word) for before, word in zip(("", *command.words), command.words, strict=False) if word.startswith("--dry-run")]
    return bool(said) and all(word in REHEARSALS and not before.startswith("-") for before, word in said)


def _deletes_own(command: Command, namespace: str) -> bool:
    """Whether the command deletes what it names one by one, all of it named after the scenario's namespace."""
    said = command.words[1:]
    flags = [word for word in said if word.startswith("-")]
    words = [word for word in said if not word.startswith("-")]
    names = [word.partition("/")[2] for word in words] if any("/" in word for word in words) else words[1:]
    named = bool(names) and all(manifests.is_named_after(name, namespace) for name in names)
    return command.verb == "delete" and named and all(flag.partition("=")[0] in SAFE_DELETION and "=" in flag for flag in flags)
