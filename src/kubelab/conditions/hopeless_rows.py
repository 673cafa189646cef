"""The names of the hopeless table's rows: a condition names the rows that it waits for itself."""

IMAGE = "image"
CONFIGURATION = "configuration"
CRASH = "crash"
"""Containers that crash again and again, and those whose probe fails: a sentence that expects one of them expects both."""
NOWHERE = "nowhere"
REFUSED = "refused"
SELECTOR = "selector"
OVER = "over"
ENDED = "ended"
ABSENT = "absent"

POD_TROUBLE = frozenset({IMAGE, CONFIGURATION, CRASH, NOWHERE, ENDED})
EVERYTHING = POD_TROUBLE | {REFUSED, SELECTOR, OVER, ENDED}
