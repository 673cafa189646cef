"""Errors of the machine's disk, in words: trouble of the run, which its other scenarios may not have."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from kubelab.errors import SetupTrouble

ERRORS = frozenset(
    {
        errno.EACCES,
        errno.EDQUOT,
        errno.EEXIST,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    }
)
"""The errors for a place that is full, read-only, not ours or not a folder, and for too many open files."""


@contextmanager
def told() -> Iterator[None]:
    """While the block lasts: SetupTrouble for an OSError of the disk; other errors are mistakes in Python."""
    try:
        yield
    except OSError as error:
        if error.errno not in ERRORS:
            raise
        raise SetupTrouble(
            f"kubelab cannot write what it needs: {said(error)}\nMake room there, or name another folder: XDG_STATE_HOME=…"
        ) from error


def said(error: Exception) -> str:
    """What is wrong, and where, without the error's number."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
