"""The names of the hopeless table's rows: a condition names those it waits for itself."""

IMAGE = "image"
CONFIGURATION = "configuration"
CRASH = "crash"
"""Containers that end again and again, and those that a probe refuses: who expects the one does not need the other to be well."""
NOWHERE = "nowhere"
REFUSED = "refused"
SELECTOR = "selector"
OVER = "over"
ENDED = "ended"
ABSENT = "absent"

POD_TROUBLE = frozenset({IMAGE, CONFIGURATION, CRASH, NOWHERE, ENDED})
EVERYTHING = POD_TROUBLE | {REFUSED, SELECTOR, OVER, ENDED}
