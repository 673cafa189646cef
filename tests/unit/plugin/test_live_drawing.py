"""The running scenario as lines: cut to the terminal's width, with how much of each limit is over."""

import pytest

from kubelab.plugin.live_drawing import Canvas, parallel, serial
from kubelab.plugin.story import Story, Told

PLAIN = Canvas(80, 24, coloured=False)
OVER = (Told('Given I apply "web.yaml"', 4, good=True, seconds=0.04), Told("And it is so", 5, good=False, seconds=3.14))
WAITING = Story("It is replaced", OVER, "Then a replacement appears", 6, 9.0, 3.2, 30.0, "1 of 2 ready")


def test_a_serial_run_shows_every_sentence() -> None:
    """With a mark, and its time if it is worth showing; below the running one is what was last seen."""
    title, first, second, third, seen = serial(WAITING, PLAIN, titled=True)

    assert title == "  It is replaced"
    assert first == '  ✓ Given I apply "web.yaml"'
    assert second.startswith("  ✗ And it is so ")
    assert second.endswith(" 3.1 s")
    assert third.startswith("  ⠋ Then a replacement appears ")
    assert third.endswith(" ━───────── 3 of 30 s")
    assert seen == "    1 of 2 ready"
    assert serial(WAITING, PLAIN, titled=False) == [first, second, third, seen]


@pytest.mark.parametrize("columns", [20, 40, 60, 79, 80, 200])
def test_no_line_is_as_wide_as_the_terminal(columns: int) -> None:
    """Whatever it contains: it would be wrapped, and the next drawing would be in the wrong place."""
    told = Told("当 Deployment is rolled out " * 9, 4, good=True, seconds=1, waited=12, limit=30)
    story = Story("title " * 40, (told,) * 3, "Then so " * 40, 4, 5.0, 3.0, 120.0, "seen " * 80)
    canvas = Canvas(columns, 24, coloured=False)

    lines = [*serial(story, canvas, titled=True), *parallel({"gw0": story, "gw1": None}, canvas)]

    assert len(lines) == 8
    assert max(len(line) + line.count("当") for line in lines) < columns
    assert all("…" in line for line in lines if "idle" not in line)


def test_a_sentence_that_needed_most_of_its_limit_has_another_colour() -> None:
    """On a terminal with colours; the numbers show it without."""
    calm, tight = (Told("Then so", 4, good=True, seconds=20, waited=waited, limit=30) for waited in (17.9, 18))
    first, second = serial(Story("x", (calm, tight)), Canvas(80, 24), titled=False)

    assert "\x1b[2m17.9 of 30 s" in first
    assert "\x1b[33m18 of 30 s" in second
    assert "\x1b" not in "".join(serial(Story("x", (calm, tight)), PLAIN, titled=True))


def test_what_is_seen_steers_no_terminal() -> None:
    """A log may contain any characters."""
    *_, seen = serial(Story("x", (), "Then so", limit=1, seen="one\x1b[2J\ntwo\tthree\x07"), PLAIN, titled=True)

    assert seen == "    one [2J two three"


def test_a_low_terminal_shows_the_last_sentences() -> None:
    """At most half of it, and the number of earlier ones."""
    over = tuple(Told(f"Given {number}", number, good=True, seconds=0) for number in range(9))
    lines = serial(Story("x", over, "Then so"), Canvas(80, 14, coloured=False), titled=True)

    assert lines == ["  x", "  … 6 more before", "  ✓ Given 6", "  ✓ Given 7", "  ✓ Given 8", "  ⠋ Then so"]


def test_before_the_first_sentence_it_says_what_is_done() -> None:
    """After the last one it says nothing."""
    assert serial(Story("x"), PLAIN, titled=False) == ["  ⠋ preparing its namespace"]
    [line] = serial(Story("x", seconds=7.3, seen="waiting for its turn"), PLAIN, titled=False)
    assert line.split() == ["⠋", "waiting", "for", "its", "turn", "7", "s"]
    assert len(serial(Story("x", OVER), PLAIN, titled=False)) == 2


def test_a_parallel_run_shows_a_line_for_each_worker() -> None:
    """Title, sentence, what was last seen, and the limit; a worker without a scenario is shown as idle."""
    first, idle, beginning = parallel({"gw0": WAITING, "gw1": None, "gw10": Story("Other")}, Canvas(100, 24, 1, coloured=False))

    assert first.startswith("gw0  ⠙ It is replaced  ")
    assert "  Then a replacement appears · 1 of 2 ready " in first
    assert first.endswith("    3 of 30 s")
    assert idle == "gw1  · idle"
    assert "preparing its namespace" in beginning


def test_in_a_narrow_terminal_a_worker_has_no_title() -> None:
    """Only sentence and limit change."""
    [line] = parallel({"gw0": WAITING}, Canvas(50, 24, coloured=False))

    assert line.startswith("gw0 ⠋ Then a replacement appears")
    assert line.endswith("3 of 30 s")


def test_of_many_workers_the_last_are_counted() -> None:
    """They use at most half of the terminal."""
    lines = parallel({f"gw{number}": None for number in range(20)}, Canvas(80, 10, coloured=False))

    assert lines == ["gw0  · idle", "gw1  · idle", "gw2  · idle", "gw3  · idle", "… 16 more workers"]
