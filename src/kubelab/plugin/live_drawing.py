"""What runs now as lines for a terminal: in a serial run the scenario's sentences, in a parallel one a line for each worker."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kubelab import durations
from kubelab.plugin.story import Story, Told
from kubelab.records.scenario_record import TIGHT

if TYPE_CHECKING:
    from rich.text import Text

TURNING = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
WIDEST = 120
"""Columns beyond which figures would be too far from their sentence."""
ROOMY = 60
"""Columns from which there is room for a bar, and for the title beside a worker's sentence."""
BAR = 10
"""Columns of the bar that says how much of the limit is waited for."""
TELLING = 0.1
"""Seconds from which it is told how long a sentence took."""
FIGURES = 14
"""Columns that a worker's figures take at least, so that its texts do not move with them."""

Part = tuple[str, str]
"""A text and its style, in rich's words."""


@dataclass(frozen=True)
class Canvas:
    """A terminal with its columns and rows, with or without colours; `beat` counts the drawings."""

    columns: int
    rows: int
    beat: int = 0
    coloured: bool = True

    @property
    def is_roomy(self) -> bool:
        """Whether there is room for what can be left out."""
        return self.columns >= ROOMY

    @property
    def width(self) -> int:
        """The columns of a line: the last one stays free, no terminal then begins a new line."""
        return min(self.columns, WIDEST) - 1

    @property
    def turning(self) -> Part:
        """The mark of what goes on."""
        return f"{TURNING[self.beat % len(TURNING)]} ", "cyan"

    def line(self, parts: Sequence[Part], figures: Sequence[Part] = ()) -> "Text":
        """The parts, cut where they must be, and figures at the right."""
        from rich.text import Text  # noqa: PLC0415  (40 ms that only a terminal needs)

        found, right = Text.assemble(*parts), Text.assemble(*figures)
        room = self.width - right.cell_len
        found.truncate(max(1, room - bool(right)), overflow="ellipsis", pad=False)
        return found.append(" " * (room - found.cell_len)).append_text(right) if right else found

    def drawn(self, texts: Sequence["Text"]) -> list[str]:
        """Texts as a terminal takes them."""
        from rich.console import Console  # noqa: PLC0415

        page = io.StringIO()
        console = Console(file=page, force_terminal=True, width=self.columns, color_system="standard" if self.coloured else None)
        for text in texts:
            console.print(text, soft_wrap=True)
        return page.getvalue().split("\n")[:-1]


def serial(story: Story, canvas: Canvas, *, titled: bool) -> list[str]:
    """The scenario's sentences so far and what was seen last, below its title; the first sentences make room where there is little."""
    room = max(1, canvas.rows // 2 - 4)
    left_out = max(0, len(story.over) - room)
    title = [canvas.line([("  ", ""), (_plain(story.scenario), "bold")])] if titled else []
    before = [canvas.line([(f"  … {left_out} more before", "dim")])] if left_out else []
    over = [_over(canvas, told) for told in story.over[left_out:]]
    return canvas.drawn([*title, *before, *over, *_under_way(canvas, story)])


def parallel(stories: Mapping[str, Story | None], canvas: Canvas) -> list[str]:
    """A line for each worker; the last ones are only counted where there is little room."""
    room = max(1, canvas.rows // 2)
    shown = list(stories.items())[: room if len(stories) <= room else room - 1]
    name, more = max(map(len, stories), default=0), len(stories) - len(shown)
    texts = [_worker(canvas, worker.ljust(name), story) for worker, story in shown]
    return canvas.drawn([*texts, *([canvas.line([(f"… {more} more workers", "dim")])] if more else [])])


def _over(canvas: Canvas, told: Told) -> "Text":
    """A sentence that is over: how long it waited, or else took, where that is worth telling."""
    mark = ("✓ ", "green") if told.good else ("✗ ", "bold red")
    figures = list[Part]()
    if told.limit and told.waited >= TELLING:
        figures = [_of(told.waited, told.limit, "dim")]
    elif told.seconds >= TELLING:
        figures = [(durations.short(told.seconds), "dim")]
    return canvas.line([("  ", ""), mark, (_plain(told.text), "")], figures)


def _under_way(canvas: Canvas, story: Story) -> list["Text"]:
    """The sentence that runs, with the last look below it."""
    if not story.sentence:
        return [] if story.over else [canvas.line([("  ", ""), canvas.turning, (_beginning(story), "dim")], _figures(canvas, story))]
    seen = [canvas.line([("    ", ""), (_plain(story.seen), "dim")])] if story.seen else []
    return [canvas.line([("  ", ""), canvas.turning, (_plain(story.sentence), "")], _figures(canvas, story)), *seen]


def _figures(canvas: Canvas, story: Story) -> list[Part]:
    """How much of its limit is waited for, as a bar and as seconds."""
    if not story.limit:
        return [(durations.whole(story.seconds), "dim")] if story.seconds >= 1 else []
    figures = _of(round(story.waited), story.limit, "cyan")
    full = min(BAR, round(BAR * story.waited / story.limit))
    bar = [("━" * full, figures[1]), ("─" * (BAR - full) + " ", "dim")] if canvas.is_roomy else []
    return [*bar, figures]


def _of(waited: float, limit: float, style: str) -> Part:
    """`3.1 of 30 s`."""
    return durations.of(waited, limit), "yellow" if waited >= TIGHT * limit else style


def _worker(canvas: Canvas, name: str, story: Story | None) -> "Text":
    """`gw0 ⠹ A deleted Pod is replaced  Then a replacement appears  1 of 2 ready    3 of 30 s`."""
    if story is None:
        return canvas.line([(f"{name} · idle", "dim")])
    small = Canvas(ROOMY - 1, canvas.rows)
    figures = _figures(small, story)
    figures = [(" " * (FIGURES - sum(len(text) for text, _ in figures)), ""), *figures]
    share = canvas.width // 3
    title = _plain(story.scenario)
    cut = title if len(title) <= share else f"{title[: share - 1]}…"
    said = (_plain(story.sentence), "") if story.sentence else (_beginning(story), "dim")
    parts = [(f"{name} ", "dim"), canvas.turning, *([(f"{cut:<{share}}  ", "bold")] if canvas.is_roomy else []), said]
    return canvas.line([*parts, (f" · {_plain(story.seen)}" if story.sentence and story.seen else "", "dim")], figures)


def _beginning(story: Story) -> str:
    """What is done before the first sentence."""
    return story.seen or "preparing its namespace"


def _plain(text: str) -> str:
    """The text in one line, without what would steer the terminal."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
