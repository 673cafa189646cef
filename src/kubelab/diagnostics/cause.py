"""One cause of a failure, in the words of a student's own YAML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kubelab.client.objects import Object, name

MANY = 6
CLUSTERS_OWN = "kube-root-ca.crt"
"""The ConfigMap that every namespace has."""


@dataclass(frozen=True)
class Cause:
    """A sentence, and the object that it is about."""

    text: str
    about: Object

    def __str__(self) -> str:
        return self.text


def title(thing: Object) -> str:
    """`Pod "web"`."""
    return f'{thing.get("kind", "object")} "{name(thing)}"'


def there_is(others: Iterable[Object]) -> str:
    """` (there is: web, shop)`, and that there is none."""
    names = sorted({name(one) for one in others} - {CLUSTERS_OWN})
    more = ", …" if len(names) > MANY else ""
    return f" (there is: {', '.join(names[:MANY])}{more})" if names else " (there is none)"


def nearest(wanted: str, offered: Sequence[str]) -> str:
    """The most similar one, else the first; "" where there are none."""
    return next(iter([*get_close_matches(wanted, offered, 1, 0.3), *offered]), "")
