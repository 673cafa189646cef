"""Which of the things that a student handed in is the file that an exercise asks for."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from kubelab.client.likeness import nearest
from kubelab.submissions.entry import LINK, Entry, looked_at
from kubelab.submissions.refusal import Refusal, shown

Tree = Sequence[Entry]
"""What one folder or archive holds, or the one file that was handed in by itself."""


class Missing(Exception):  # noqa: N818  (no fault of ours)
    """The file is not there. The text is a sentence."""


def chosen(trees: Sequence[Tree], exercise: str, file: str) -> Entry:
    """The file of that name: at the top, in the exercise's own folder, or wherever it is the only one.

    Refusal where two places have it, Missing where none has.
    """
    seen = [one for tree in trees for one in _unwrapped([one for one in tree if looked_at(one.path[:-1])])]
    homes = {(), (PurePosixPath(exercise).name,), PurePosixPath(exercise).parts}
    called = [one for one in seen if one.name == file]
    found = [one for one in called if one.path[:-1] in homes] or called
    if len(found) > 1:
        raise Refusal(f"{shown(file)} is there more than once: {' and '.join(one.shown for one in found[:2])}. Keep one of them.")
    if not found:
        raise Missing(f"{shown(file)} is not there{_instead(seen, file)}. Hand it in under this name.")
    return found[0]


def _unwrapped(tree: Tree) -> Tree:
    """The tree without the folders that all of it lies in."""
    while tree and all(len(one.path) > 1 and one.path[0] == tree[0].path[0] for one in tree):
        tree = [_below(one) for one in tree]
    return tree


def _below(entry: Entry) -> Entry:
    return Entry(entry.path[1:], entry.read, entry.sort, entry.size, entry.inside)


def _instead(seen: Tree, file: str) -> str:
    """What is there in its place."""
    return next(iter([*_links(seen), *_alike(seen, file)]), "")


def _links(seen: Tree) -> Iterator[str]:
    yield from (f", and {one.shown} is a symbolic link, which is not followed" for one in seen if one.sort == LINK)


def _alike(seen: Tree, file: str) -> Iterator[str]:
    stem = PurePosixPath(file).stem
    names = sorted({one.name for one in seen})
    same = [one for one in names if one in {f"{stem}.yml", f"{stem}.yaml", f"{file}.txt", stem}]
    yield from (f", but {shown(one)} is" for one in same or nearest(file, names)[:1])
