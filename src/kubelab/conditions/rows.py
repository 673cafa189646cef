"""The names of the hopeless table's rows: a condition names those it waits for itself."""

IMAGE = "image"
CONFIGURATION = "configuration"
CRASH = "crash"
NOWHERE = "nowhere"
REFUSED = "refused"
SELECTOR = "selector"
OVER = "over"
ENDED = "ended"

POD_TROUBLE = frozenset({IMAGE, CONFIGURATION, CRASH, NOWHERE, ENDED})
EVERYTHING = POD_TROUBLE | {REFUSED, SELECTOR, OVER, ENDED}
