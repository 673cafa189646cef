"""The commands that a person would type in the place of a sentence, with the sentence's own words."""

from kubelab.vocabulary.catalogue import Definition
from kubelab.vocabulary.word_values import KindName


def typed(definition: Definition, text: str) -> list[str]:
    """The commands for a sentence that the definition understands; in place of a word that it does not have, the word's name."""
    words = _Spelled((name, _spelled(value)) for name, value in definition.words(text).items())
    return [_filled(command, words) for command in definition.by_hand]


class _Spelled(dict[str, str]):
    """The words of a sentence, as in a command."""

    def __missing__(self, name: str) -> str:
        return name.upper()


def _spelled(value: object) -> str:
    """Kinds in small letters, numbers without needless digits."""
    if isinstance(value, KindName):
        return value.lower()
    if isinstance(value, list):
        return " ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _filled(command: str, words: _Spelled) -> str:
    try:
        return command.format_map(words)
    except (ValueError, LookupError, AttributeError):  # of braces that are no words, in a step of somebody's own
        return command
