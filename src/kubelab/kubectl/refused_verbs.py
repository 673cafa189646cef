"""Why labs may not use some of kubectl's verbs and flags, and what to write instead."""

from kubelab.client.likeness import nearest
from kubelab.kubectl.allowed_verbs import CONFIG, VERBS, Verb

EDITOR = "it opens an editor; make the change with set, scale, patch or apply"
STAYS = "it never ends; ask the Pod or Service with a step that requests a page"
NODE = "it changes a node for every scenario; use the step that undoes it afterwards"
REFUSED = {
    ("edit",): EDITOR,
    ("port-forward",): STAYS,
    ("proxy",): STAYS,
    ("attach",): "it never ends; read the logs, or exec a command",
    ("cordon",): NODE,
    ("uncordon",): NODE,
    ("drain",): NODE,
    ("taint",): NODE,
    ("cp",): "it reads and writes this machine's files; use exec",
    ("debug",): "it adds containers to Pods and nodes; exec a command, or read the logs",
    ("certificate",): "it changes which certificates the whole cluster trusts",
    ("kustomize",): "it reads folders of this machine; apply a file",
    ("kuberc",): "it gives kubectl's verbs other meanings on this machine",
    ("cluster-info",): "it is about the whole cluster; get or describe what you look for",
    ("apply", "edit-last-applied"): EDITOR,
    ("apply", "set-last-applied"): "apply the file itself",
    ("auth", "reconcile"): "it changes who may do what; apply the Role or RoleBinding",
    ("create", "token"): "it makes one account speak as another; a Pod gets the token of its serviceAccountName",
}
"""Verbs, and words after a verb, that labs may not use."""
FILES = "it reads or writes files of this machine; what a lab needs is in its manifests"
ELSEWHERE = "it leads to another cluster or another account; a scenario has its own"
TEXTS = "it reads files of this machine; write the values, --from-literal=key=value, or apply a manifest"
PATCHES = "it reads a file of this machine; write the patch, -p '…', or apply a manifest"
TLS = "it reads a file of this machine; apply a manifest of the Secret"
FOLDERS = "it reads whole folders of this machine; apply a file, -f FILE"
PRUNING = "it deletes everything that it is not told to keep; name what to delete"
LEAVING = {
    **dict.fromkeys(("kubeconfig", "kuberc", "cache-dir", "profile", "profile-output", "output-directory"), FILES),
    **dict.fromkeys(("context", "cluster", "server", "tls-server-name", "insecure-skip-tls-verify", "certificate-authority"), ELSEWHERE),
    **dict.fromkeys(("user", "token", "username", "password", "client-certificate", "client-key"), ELSEWHERE),
    **dict.fromkeys(("as", "as-group", "as-uid", "as-user-extra", "proxy-url"), ELSEWHERE),
    **dict.fromkeys(("from-file", "from-env-file"), TEXTS),
    **dict.fromkeys(("cert", "key"), TLS),
    **dict.fromkeys(("kustomize", "recursive"), FOLDERS),
    **dict.fromkeys(("prune", "prune-allowlist", "prune-whitelist"), PRUNING),
    "patch-file": PATCHES,
    "override-type": "it changes how --overrides is read; --overrides takes fields as a manifest has them",
    "raw": "it can ask the API server for anything, also for secrets; name a kind",
    "filename": "no manifest is read here",
    "namespace": "write --namespace=NAME after the verb, if the verb has it",
    "all-namespaces": "it is only for get",
    "insecure-skip-tls-verify-backend": "it does not check who answers for a node",
}
"""Flags that reach beyond the cluster, the namespace or the lab's own files."""
WATCHING = "a Then sentence waits for the result"
TYPING = "nothing is typed here; run it without, and read its logs"
ENDLESS = {
    **dict.fromkeys(("watch", "watch-only", "output-watch-events", "follow"), WATCHING),
    **dict.fromkeys(("stdin", "tty", "attach", "rm", "leave-stdin-open", "detach-keys", "interactive"), TYPING),
    "edit": "make the change with set, scale, patch or apply",
}
"""Flags with which a command never ends."""


def why_verb(word: str) -> str:
    """Why labs may not use the verb."""
    if (word,) in REFUSED:
        return f'"{word}" is not for labs: {REFUSED[word,]}'
    return f'there is no verb "{word}" for labs; there are {", ".join(sorted(VERBS))}'


def why_further(said: tuple[str, ...], word: str, verb: Verb) -> str:
    """Why labs may not use this word after a verb."""
    has = ", ".join(sorted(verb.under))
    if said[0] == CONFIG:
        return f'"config {word}" changes who and where kubectl works for; of config, labs have {has}'
    phrase = " ".join((*said, word))
    if (*said, word) in REFUSED:
        return f'"{phrase}" is not for labs: {REFUSED[*said, word]}'
    if verb.flags:
        return f'there is no "{phrase}" for labs; a file is named after -f, and of {" ".join(said)}, they have {has}'
    if not word or word.startswith("-"):
        return f'after "{" ".join(said)}" comes one of {has}, before any flag'
    return f'there is no "{phrase}" for labs; of {" ".join(said)}, they have {has}'


def why_flag(said: tuple[str, ...], verb: Verb, word: str, name: str) -> str:
    """Why labs may not use a flag, written as this word, whose long name (or letter) is `name`."""
    if name in LEAVING:
        return f'"{word}" would leave the cluster, the namespace or the files of the lab: {LEAVING[name]}'
    if name in ENDLESS:
        return f'with "{word}" it never ends; {ENDLESS[name]}'
    near = [f"--{one}" for one in nearest(name, verb.valued)] if len(name) > 1 else []
    has = f"perhaps {' or '.join(near)} is meant" if near else f"it has {', '.join(f'--{one}' for one in sorted(verb.valued))}"
    return f'"kubectl {" ".join(said)}" has no "{word}" for labs; {has}'
