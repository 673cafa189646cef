"""Whether everything since a moment was watched: a verdict about what was not seen would be a guess."""

from kubelab import durations
from kubelab.errors import SetupTrouble
from kubelab.observation import Mark, Store


def require_sight(store: Store, wording: str, since: Mark, start: Mark) -> None:
    """SetupTrouble where a kind was not watched after `since`, so that states may be unknown; times in its text count from `start`."""
    lost = [gap for gap in store.gaps(since) if gap.lost or gap.until is None]
    if lost:
        end = "now" if lost[0].until is None else durations.moment(lost[0].until - start.time)
        span = f"from {durations.moment(lost[0].since - start.time)} to {end}"
        raise SetupTrouble(f"Could not see whether {wording}: {lost[0].kind} was not watched {span} ({lost[0].reason}). Run it again.")
