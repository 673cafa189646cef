"""A kubectl command parsed as kubectl would, and written again without ambiguity."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from kubelab.errors import LabFailure
from kubelab.kubectl import refused_verbs
from kubelab.kubectl.allowed_verbs import VERBS, Verb
from kubelab.kubectl.parsing import Flag, NotRun, Parsed, Parser
from kubelab.kubectl.shell import misuse

LONGEST = 100_000
"""The most characters of a command; Linux accepts no word of more than 131,071 bytes."""
PLACES = frozenset({"namespace", "all-namespaces"})
"""The flags that name the namespace."""
ROOT = Verb(under=VERBS)


@dataclass(frozen=True)
class Command:
    """A command that labs may use: its verb with the words that belong to it, flags, arguments, a container's command.

    `said` are flags and arguments in order, without the flags that name the namespace.
    """

    named: tuple[str, ...]
    said: tuple[Flag | str, ...]
    inner: tuple[str, ...] = ()
    namespace: str = ""
    everywhere: bool = False
    reads: bool = False

    @property
    def verb(self) -> str:
        """The first word."""
        return self.named[0]

    @property
    def words(self) -> tuple[str, ...]:
        """What kubectl gets, up to a container's command: each flag by its long name, in one word with its value."""
        return *self.named, *(one.word if isinstance(one, Flag) else one for one in self.said)

    @property
    def arguments(self) -> list[str]:
        """The words that are neither verb nor flag."""
        return [one for one in self.said if isinstance(one, str)]

    @property
    def flags(self) -> list[Flag]:
        """The flags in order."""
        return [one for one in self.said if isinstance(one, Flag)]

    def values(self, name: str) -> list[str | None]:
        """The values of a flag of that long name, in order."""
        return [flag.value for flag in self.flags if flag.name == name]


def take_apart(line: str) -> Command:
    """The parts of a command line; LabFailure where it cannot be read as a kubectl command, NotRun for a command that labs may not use."""
    named, verb, before, rest = _found(_split(line)[1:])
    parser = Parser(named, verb, rest)
    parsed = parser.all()
    for flag in before:
        parser.check(flag.word, flag.name)
    said = Parsed([*before, *parsed.said], parsed.inner)
    command = _placed(named, verb, said)
    if verb.under and command.arguments:
        raise NotRun(refused_verbs.why_further(named, command.arguments[0], verb))
    return command


def _split(line: str) -> list[str]:
    if "\0" in line or len(line) > LONGEST:
        raise LabFailure(f"This command cannot be run: it is longer than {LONGEST} characters, or has a control character.")
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise LabFailure(f"This command cannot be read ({error}): check its quotes.\n  {line}") from error
    if needing := misuse(line):
        raise LabFailure(f"This kubectl command is not run:\n  {line}\n{needing}")
    if words[:1] != ["kubectl"]:
        raise LabFailure(f'Only kubectl can be run, and a command begins with it: "kubectl get pods".\n  {line}')
    return words


def _found(words: Sequence[str]) -> tuple[tuple[str, ...], Verb, list[Flag], list[str]]:
    """The verb as it is written, what it may have, the flags before and between its words, and what follows."""
    named, verb = tuple[str, ...](), ROOT
    before, rest = list[Flag](), list(words)
    while verb.under:
        parser = Parser(named, verb, rest)
        before, rest = [*before, *parser.leading()], parser.rest
        word = next(iter(rest), "")
        if verb.flags and (not word or word.startswith("-")):
            break
        if word not in verb.under:
            raise NotRun(_missing(named, word, verb))
        named, verb, rest = (*named, word), verb.under[word], rest[1:]
    return named, verb, before, rest


def _missing(named: tuple[str, ...], word: str, verb: Verb) -> str:
    if named:
        return refused_verbs.why_further(named, word, verb)
    is_verb = word and not word.startswith("-")
    return refused_verbs.why_verb(word) if is_verb else 'the verb comes first, as in "kubectl get pods"'


def _placed(named: tuple[str, ...], verb: Verb, parsed: Parsed) -> Command:
    said = [one for one in parsed.said if not (verb.place and isinstance(one, Flag) and one.name in PLACES)]
    flags = {one.name: one.value for one in parsed.said if isinstance(one, Flag)} if verb.place else {}
    everywhere = flags.get("all-namespaces", "false") != "false"
    return Command(named, tuple(said), parsed.inner, flags.get("namespace") or "", everywhere, verb.reads)
