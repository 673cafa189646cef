"""How long to wait before asking a server again."""

FIRST = 0.05
MOST = 2.0


class Backoff:
    """Pauses in seconds that double, from 0.05 to 2, until `reset`."""

    def __init__(self) -> None:
        self._pause = FIRST

    def next(self) -> float:
        """The pause that is due now."""
        pause, self._pause = self._pause, min(MOST, self._pause * 2)
        return pause

    def reset(self) -> None:
        """Begin again: the server has answered."""
        self._pause = FIRST
