"""Words parsed as kubectl parses them (the Go package pflag), and written again without ambiguity."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kubelab.errors import LabFailure
from kubelab.kubectl import refused_verbs
from kubelab.kubectl.allowed_verbs import Verb


class NotRun(LabFailure):
    """A command that labs may not use: why, and what to write instead."""


@dataclass(frozen=True)
class Flag:
    """A flag by its long name, and its value: None for a switch without one."""

    name: str
    value: str | None = None

    @property
    def word(self) -> str:
        """The flag in one word, "--output=wide"."""
        return f"--{self.name}" if self.value is None else f"--{self.name}={self.value}"


@dataclass(frozen=True)
class Parsed:
    """The words after a verb, in order: flags, and arguments as strings; and what follows `--` for a container, beginning with its `--`."""

    said: Sequence[Flag | str]
    inner: tuple[str, ...] = ()


class Parser:
    """Reads the words after a verb (`named` is how it is written); NotRun at the first that is unknown or not for labs."""

    def __init__(self, named: tuple[str, ...], verb: Verb, words: Sequence[str]) -> None:
        self.named, self.verb, self.rest = named, verb, list(words)

    def leading(self) -> list[Flag]:
        """The flags before anything else, if all of these are allowed; other words are left."""
        found = list[Flag]()
        while self.rest and self._is_known(self.rest[0]):
            found += self._flag(self.rest.pop(0))
        return found

    def all(self) -> Parsed:
        """Everything."""
        said = list[Flag | str]()
        while self.rest:
            word = self.rest.pop(0)
            if word == "--":
                return self._after(said)
            said += self._flag(word) if word.startswith("-") and word != "-" else [word]
        return Parsed(said)

    def check(self, word: str, name: str) -> None:
        """NotRun where labs may not use a flag of that long name with the verb; `word` is how it is written."""
        if name not in self.verb.valued:
            raise NotRun(refused_verbs.why_flag(self.named, self.verb, word, name))

    def _after(self, said: list[Flag | str]) -> Parsed:
        if self.verb.inner:
            return Parsed(said, ("--", *self.rest))
        for word in self.rest:
            if word.startswith("-"):
                raise NotRun(f'after "--" there are no flags any more, and nothing is called "{word}"')
        return Parsed([*said, *self.rest])

    def _is_known(self, word: str) -> bool:
        if word.startswith("--"):
            return word[2:].partition("=")[0].replace("_", "-") in self.verb.valued
        return word.startswith("-") and self.verb.short.get(word[1:2]) in self.verb.valued

    def _flag(self, word: str) -> Iterator[Flag]:
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            name = name.replace("_", "-")  # for kubectl they are the same
            self.check(word, name)
            yield Flag(name, value if equals else self._following(word, name))
        else:
            yield from self._letters(word, word[1:])

    def _letters(self, word: str, letters: str) -> Iterator[Flag]:
        """The flags of a word such as -it, -owide or -o=wide."""
        while letters:
            name, letters = self.verb.short.get(letters[0], letters[0]), letters[1:]
            self.check(word, name)
            has_value = letters[:1] == "=" and letters != "="
            if has_value or (letters and self.verb.valued[name]):
                yield Flag(name, letters[has_value:])
                return
            yield Flag(name, self._following(word, name))

    def _following(self, word: str, name: str) -> str | None:
        """The value in the next word, for a flag that takes one."""
        if not self.verb.valued[name]:
            return None
        if not self.rest:
            raise NotRun(f'"{word}" needs a value after it')
        return self.rest.pop(0)
