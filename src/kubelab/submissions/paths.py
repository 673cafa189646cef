"""The names that files of a submission may have: none that leads elsewhere, or that nobody can read."""

import re
import unicodedata

from kubelab.submissions.refusal import Refusal, shown

LONGEST = 255
"""Bytes of a name between two slashes, as file systems have it."""
DEEPEST = 50
"""Folders within each other."""
UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""The categories of Unicode that no name has: control characters, what is not UTF-8, ends of lines."""
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that have a name read backwards."""
DRIVE = re.compile(r"[A-Za-z]:[/\\]")


def parts(path: str) -> tuple[str, ...]:
    """The folders of a path and its last name; Refusal for one that leads out of the submission, or is odd."""
    found = tuple(part for part in path.split("/") if part not in {"", "."})
    if path.startswith("/") or DRIVE.match(path):
        raise Refusal(f"{shown(path)} is an absolute path. Pack the folder again, from within.")
    if ".." in found:
        raise Refusal(f"{shown(path)} leads out of the submission. Pack the folder again, from within.")
    if len(found) > DEEPEST:
        raise Refusal(f"{shown(path)} lies more than {DEEPEST} folders deep. Hand in the files that are asked for, and no others.")
    for part in found:
        _refuse_odd(part)
    return found


def _refuse_odd(name: str) -> None:
    if "\\" in name:
        raise Refusal(f"{shown(name)} has a backslash in its name. Pack the folder again, with a program that writes /.")
    if any(unicodedata.category(one) in UNSEEN or one in TURNING for one in name):
        raise Refusal(f"{shown(name)} has characters in its name that cannot be seen. Give it another one.")
    if len(name.encode()) > LONGEST:
        raise Refusal(f"{shown(name)} is a name of more than {LONGEST} bytes. Give it a shorter one.")
