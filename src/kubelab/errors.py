"""The two families of trouble: what a lab's sentence says did not happen, and what kept us from finding out."""


class LabFailure(AssertionError):
    """The cluster did not show what the sentence says: pytest reports FAILED, without a Python traceback."""


class SetupTrouble(Exception):  # noqa: N818  (a word people know; "Error" is what pytest calls it)
    """The run itself could not go on (no engine, no cluster, a broken file): pytest reports ERROR. The text names the mend."""
