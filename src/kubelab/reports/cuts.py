"""What a report keeps of long texts, so that one file holds every lab: the beginning and the end, and how much is missing."""

from collections.abc import Sequence

from kubelab.conditions.in_words import counted

LONGEST = 240
"""Letters of one line."""
ALL, LEAST, MOST = 500_000, 1_200, 16_000
"""Letters for the evidence of a whole report, and of one failure at least and at most."""


def allowance(failures: int) -> int:
    """Letters for the evidence of each failure, if there are that number of them."""
    return max(LEAST, min(MOST, ALL // max(failures, 1)))


def cut(lines: Sequence[str], letters: int) -> tuple[str, ...]:
    """The lines, or their beginning and end in at most about that number of letters."""
    short = [line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for line in lines]
    if sum(len(line) + 1 for line in short) <= letters:
        return tuple(short)
    head = _within(short, letters // 2)
    tail = _within(short[: len(head) - 1 : -1], letters - letters // 2)[::-1]
    left_out = len(short) - len(head) - len(tail)
    return (*head, f"… {counted(left_out, 'line')} left out …", *tail)


def _within(lines: Sequence[str], letters: int) -> list[str]:
    kept, used = list[str](), 0
    for line in lines:
        used += len(line) + 1
        if used > letters:
            break
        kept.append(line)
    return kept
