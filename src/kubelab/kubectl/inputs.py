"""What a kubectl command gets: the images that this cluster has for those it names, and the lab's files."""

import json
from collections.abc import Callable, Sequence

from kubelab import manifests

FILENAME = "--filename="


def with_images(words: Sequence[str], images: manifests.Images) -> tuple[str, ...]:
    """The words with each image replaced by what the cluster runs for it: --image, `set image c=…`, and those in a patch."""
    return tuple(_replaced(word, words[:2], images) for word in words)


def with_files(words: Sequence[str], find: Callable[[str], Sequence[manifests.Document]]) -> tuple[tuple[str, ...], str | None]:
    """The words with all files replaced by one that is standard input, and the text for it (None: no file)."""
    files = [file for word in words if word.startswith(FILENAME) for file in word.removeprefix(FILENAME).split(",")]
    if not files:
        return tuple(words), None
    documents = [document for file in files for document in find(file)]
    rest = (word for word in words if not word.startswith(FILENAME))
    return (*rest, "-f", "-"), "\n---\n".join(json.dumps(document.body) for document in documents)


def _replaced(word: str, verb: Sequence[str], images: manifests.Images) -> str:
    flag, _, value = word.partition("=")
    if flag == "--image" or (list(verb) == ["set", "image"] and value and not flag.startswith("-")):
        return f"{flag}={images.replaced(value)}"
    if flag in {"--overrides", "--patch"}:
        return f"{flag}={manifests.substituted_text(value, images)}"
    return word
