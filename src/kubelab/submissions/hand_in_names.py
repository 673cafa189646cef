"""The names that Moodle and Canvas give to what students hand in: whose it is, and what the student called it."""

import re
import unicodedata
from typing import NamedTuple

MOODLE = re.compile(r"(?P<student>.+)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)", re.DOTALL)
"""A folder of a student, or a file where the download has no folders."""
CANVAS = re.compile(r"(?P<student>[^_]+)_(?:LATE_)?(?P<number>\d+)_(?:\d+_(?P<file>.+)|text\.html)", re.DOTALL)
"""A file: the student, the student's number, that of the upload, and the file. What was typed into the page has no number of its own."""
AGAIN = re.compile(r"(?P<stem>.+?)-(?P<number>\d{1,4})(?P<ending>(?:\.[A-Za-z0-9]{1,5}){0,2})")
"""What Canvas makes of the name of a file that is handed in again: rs-lab-1.yaml."""


class HandIn(NamedTuple):
    """Whose a file or a folder is, by name and by the learning platform's number, and what it was called.

    That is "" for a folder, and for a folder that somebody has packed under its own name.

    `is_numbered`: the platform changes that name where the file is handed in again.
    """

    student: str
    number: str
    file: str = ""
    is_numbered: bool = False


def from_platform(name: str, *, is_folder: bool) -> HandIn | None:
    """What the name says, if it is one of Moodle's or Canvas's: Canvas has no folders."""
    if found := MOODLE.fullmatch(name):
        return HandIn(readable(found["student"]), found["number"], "" if found["file"].startswith(".") else found["file"])
    found = None if is_folder else CANVAS.fullmatch(name)
    return HandIn(readable(found["student"]), found["number"], found["file"] or "", is_numbered=True) if found else None


def readable(name: str) -> str:
    """A student's name as it is shown: in one line, with nothing in it that cannot be seen."""
    text = "".join(one if one.isprintable() else " " for one in unicodedata.normalize("NFC", name))
    return " ".join(text.split()) or "student"


def hand_in(name: str, asked: str) -> int:
    """Which hand-in of the asked file one of that name is: 0 for the first, 1 for the next; -1 where it is another file."""
    if name == asked:
        return 0
    again = AGAIN.fullmatch(name)
    return int(again["number"]) if again and again["stem"] + again["ending"] == asked else -1
