"""The end of a zip archive, which says how long the list of its members is: asked before anything reads that list."""

import struct

from kubelab.submissions.refusal import MEMBERS

END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
"""How the record at the end begins, and that of archives which are larger than any submission (APPNOTE.TXT, 4.3.16 and 4.3.15)."""
RECORD = struct.Struct("<4s4H2LH")
LOCATOR = 20
"""Bytes of the second record, which stands before the first."""
END_AT_MOST = RECORD.size + 0xFFFF + LOCATOR
"""Bytes in which both are: a comment may follow."""
DIRECTORY_AT_MOST = MEMBERS * 400
"""Bytes of the list: 46 and a path for each member."""


def directory_size(end: bytes) -> int | None:
    """Bytes of the list of members, by the last bytes of the archive; None where it is longer than any submission's, or nowhere."""
    at = len(end) - RECORD.size
    if at < 0 or end[at : at + 4] != END or end[-2:] != b"\0\0":
        at = end.rfind(END, 0, len(end) - RECORD.size + len(END))
    if at < 0:
        return 0
    _, _, _, _, count, size, _, _ = RECORD.unpack_from(end, at)
    is_large = end[max(0, at - LOCATOR) : at].startswith(END_64)
    return None if is_large or count > MEMBERS or size > DIRECTORY_AT_MOST else int(size)
