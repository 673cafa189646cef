"""The page: scenarios and runs as a grid, for each version."""

import re
from html.parser import HTMLParser
from pathlib import Path

from kubelab.history import history_files, run_grid

from .nights import nights, record, seen

OUTSIDE = re.compile(r"(src|href|action|url\()\s*=?\s*[\"'(]?\s*(https?:)?//|@import|<script|<img|<iframe|<link", re.IGNORECASE)
VOID = {"meta", "br"}


class Elements(HTMLParser):
    """The elements of a page in order, each with its attributes and its text; wrong nesting is an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[int] = []
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more level, unless the element has no end tag."""
        if tag not in VOID:
            self.open.append(len(self.found))
        self.found.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        """The innermost element ends."""
        assert self.found[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        """Visible text."""
        if self.open:
            self.found[self.open[-1]][2].append(data)

    def texts(self, tag: str) -> list[str]:
        """The texts of all such elements."""
        return ["".join(words) for name, _, words in self.found if name == tag]

    def attributes(self, tag: str, name: str) -> list[str | None]:
        """The values of an attribute on all elements that have it."""
        return [attributes[name] for one, attributes, _ in self.found if one == tag and name in attributes]

    def cells(self, width: int) -> list[str]:
        """The letters of each row."""
        letters = [text for text in self.texts("td") if text in {*"PFES·"}]
        return ["".join(letters[at : at + width]) for at in range(0, len(letters), width)]


def page(folder: Path) -> str:
    """The page of the history in the folder."""
    return run_grid.page(seen(folder))


def test_each_scenario_is_a_row_and_each_run_a_column(tmp_path: Path) -> None:
    """With a letter in each cell, the newest run first; a table for each version."""
    history_files.add([*nights("PFES.P"), *nights("FFFFFF", "Another"), *nights("PP", kubernetes="1.37.2")], tmp_path)
    found = Elements(page(tmp_path))

    assert found.cells(6)[:2] == ["FFFFFF", "P·SEFP"]
    assert found.cells(2)[-1] == "PP"
    assert found.texts("h2") == ["Kubernetes 1.36", "Kubernetes 1.37"]
    assert set(found.attributes("th", "scope")) == {"col", "row", "rowgroup"}


def test_a_cell_says_more(tmp_path: Path) -> None:
    """Its run, the outcome, the time and the reason; failures and errors can be reached by keyboard."""
    history_files.add(nights("PFE."), tmp_path)
    history_files.add(nights("PPPP", "Another"), tmp_path)
    cells = [
        (attributes.get("title"), attributes.get("tabindex")) for tag, attributes, text in Elements(page(tmp_path)).found if tag == "td"
    ]

    assert ("run 1 (2026-08-01): passed in 4 s", None) in cells
    assert ("run 2 (2026-08-02): failed in 4 s: Pod web was not ready", "0") in cells
    assert ("run 3 (2026-08-03): error in 4 s: Pod web was not ready", "0") in cells
    assert ("run 4 (2026-08-04): not in this run", None) in cells


def test_rows_are_grouped_by_chapter_and_feature(tmp_path: Path) -> None:
    """In their order."""
    history_files.add([record(feature=f"features/pods/{name}.feature") for name in ("b", "a")], tmp_path)

    assert [text for text in Elements(page(tmp_path)).texts("span") if text] == [
        "pods: features/pods/a.feature",
        "pods: features/pods/b.feature",
    ]


def test_what_needs_somebody_links_to_its_row(tmp_path: Path) -> None:
    """Each link has its target."""
    history_files.add([*nights("PPFF"), *nights("PFPP", "Flaky"), *nights("PPPP", "Fine")], tmp_path)
    found = Elements(page(tmp_path))
    ids = {*found.attributes("tr", "id"), *found.attributes("h2", "id")}
    links = [(link or "").removeprefix("#") for link in found.attributes("a", "href")]

    assert found.texts("a") == ["Kubernetes 1.36", "It runs", "Flaky"]
    assert set(links) <= ids
    assert len(ids) == 4


def test_a_version_that_did_not_run_says_so(tmp_path: Path) -> None:
    """Above its table."""
    history_files.add(nights("PF"), tmp_path)

    assert "It has not run since run 2 (2026-08-02)." in Elements(run_grid.page(seen(tmp_path, at=20))).texts("p")


def test_the_table_shows_two_months(tmp_path: Path) -> None:
    """It says that there is more."""
    history_files.add(nights("P" * 70), tmp_path)
    text = page(tmp_path)

    assert Elements(text).cells(60) == ["P" * 60]
    assert Elements(text).attributes("th", "title")[::59] == [
        "run 70 (2026-10-09), Kubernetes 1.36.3",
        "run 11 (2026-08-11), Kubernetes 1.36.3",
    ]
    assert "The table shows the newest 60 runs" in text
    history_files.add(nights("P" * 60), tmp_path / "fewer")
    assert "The table shows" not in page(tmp_path / "fewer")


def test_what_a_history_holds_is_text(tmp_path: Path) -> None:
    """A title and a reason may contain anything."""
    evil = '<script>alert("x")</script>'
    history_files.add([record(letter="F", name=evil, cause=evil, feature=f"{evil}.feature", kubernetes=f"1.36.{evil}")], tmp_path)

    assert "<script" not in page(tmp_path)
    assert evil in Elements(page(tmp_path)).texts("th")


def test_the_page_needs_nothing_but_itself(tmp_path: Path) -> None:
    """Its Content-Security-Policy forbids more, too."""
    history_files.add(nights("PF"), tmp_path)
    text = page(tmp_path)

    assert not OUTSIDE.search(text)
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in text
    assert "position: sticky" in text
    assert Elements(text).attributes("div", "tabindex") == ["0"]


def test_the_same_history_is_the_same_page(tmp_path: Path) -> None:
    """Whenever it is made, as long as nothing becomes stale."""
    history_files.add(nights("PFP"), tmp_path)

    assert run_grid.page(seen(tmp_path, at=3)) == run_grid.page(seen(tmp_path, at=4))
