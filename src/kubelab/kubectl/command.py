"""A kubectl command taken apart as a shell would, and put together again with what this cluster runs and reads."""

import json
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kubelab import manifests
from kubelab.errors import LabFailure

READING = frozenset(
    {"api-resources", "api-versions", "auth", "describe", "diff", "events", "explain", "get", "logs", "top", "version", "wait"}
)
"""Verbs that change nothing."""
LONGEST = 100_000
"""Characters of a command; Linux takes no word of more than 131,071 bytes."""
CONFIG = "config"
"""The verb whose words, --namespace too, are about the kubeconfig."""


@dataclass(frozen=True)
class Command:
    """A kubectl command taken apart: its verb, its own words, the container's command after `--`, the namespace flags taken out."""

    verb: str
    words: tuple[str, ...]
    inner: tuple[str, ...] = ()
    namespace: str = ""
    everywhere: bool = False

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.verb in READING or (self.verb == "rollout" and self.words[1:2] in {("history",), ("status",)})


def take_apart(line: str) -> Command:
    """The parts of a command line; LabFailure where it does not read as one of kubectl."""
    if "\0" in line or len(line) > LONGEST:
        raise LabFailure(f"This command cannot be run: it is longer than {LONGEST} characters, or has one that is none of a text.")
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise LabFailure(f"This command cannot be read ({error}): check its quotes.\n  {line}") from error
    if words[:1] != ["kubectl"]:
        raise LabFailure(f'Only kubectl can be run, and a command begins with it: "kubectl get pods".\n  {line}')
    end = words.index("--") if "--" in words else len(words)
    return _placed(words[1:end], tuple(words[end:]))


def with_images(words: Sequence[str], images: manifests.Images) -> tuple[str, ...]:
    """The words with each image replaced by what the cluster runs for it: --image, `set image c=…`, and those in a patch."""
    verb, changed = words[0], list(words)
    for at, word in enumerate(words):
        flag, equals, value = word.partition("=")
        replace = _replacement(verb, words[1:2], flag)
        if replace and equals:
            changed[at] = f"{flag}={replace(value, images)}"
        elif replace and word.startswith("-") and at + 1 < len(words):
            changed[at + 1] = replace(words[at + 1], images)
    return tuple(changed)


def _replacement(verb: str, first: Sequence[str], flag: str) -> Callable[[str, manifests.Images], str] | None:
    if flag == "--image" or (verb == "set" and list(first) == ["image"] and not flag.startswith("-")):
        return lambda value, images: images.replaced(value)
    if flag == "--overrides" or (verb == "patch" and flag in {"-p", "--patch"}):
        return manifests.substituted_text
    return None


def with_files(words: Sequence[str], find: Callable[[str], Sequence[manifests.Document]]) -> tuple[tuple[str, ...], str | None]:
    """The words with every `-f FILE` but one taken out and that one reading standard input, and the text for it (None: no file)."""
    if words[0] in {"logs", "exec"}:
        return tuple(words), None
    files, rest = _files(words)
    if not files:
        return tuple(words), None
    documents = [document for file in files for document in find(file)]
    return (*rest, "-f", "-"), "\n---\n".join(json.dumps(document.body) for document in documents)


def _placed(words: Sequence[str], inner: tuple[str, ...]) -> Command:
    if words[:1] == [CONFIG]:
        return Command(CONFIG, tuple(words), inner)
    kept, namespace, everywhere, rest = [], "", False, iter(words)
    for word in rest:
        flag, equals, value = word.partition("=")
        if flag in {"-n", "--namespace"}:
            namespace = value if equals else next(rest, "")
        elif word.startswith("-n") and not word.startswith("--"):
            namespace = word[2:]
        elif flag in {"-A", "--all-namespaces"}:
            everywhere = True
        else:
            kept.append(word)
    return Command(kept[0] if kept else "", tuple(kept), inner, namespace, everywhere)


def _files(words: Sequence[str]) -> tuple[list[str], list[str]]:
    files, rest, after = list[str](), list[str](), iter(words)
    for word in after:
        flag, equals, value = word.partition("=")
        if flag in {"-f", "--filename"}:
            files += (value if equals else next(after, "")).split(",")
        elif word.startswith("-f") and not word.startswith("--"):
            files += word[2:].split(",")
        else:
            rest.append(word)
    return files, rest
