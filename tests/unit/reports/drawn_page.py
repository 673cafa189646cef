"""A parsed page: its elements with their attributes and texts, each scenario's section, and the bars of a picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "input"}


@dataclass
class Element:
    """An element and its content."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def everything(self) -> Iterator["Element"]:
        """The element and all elements below it."""
        yield self
        for child in self.children:
            yield from child.everything()

    def all(self, tag: str, name: str = "") -> list["Element"]:
        """All elements below it with this tag, and with this class if one is given."""
        return [one for one in self.everything() if one.tag == tag and (not name or name in one.attributes.get("class", "").split())]

    @property
    def text(self) -> str:
        """All of its text, with single spaces."""
        return " ".join(" ".join(self.words).split())

    def percent(self, name: str) -> float:
        """The value of an attribute such as x="12.5%"."""
        return float(self.attributes[name].removesuffix("%"))


class Reader(HTMLParser):
    """Builds the elements, and requires correct nesting."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(page)
        self.close()
        assert self.open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more level, unless the element has no end tag."""
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG that is closed at once."""
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """The innermost element ends."""
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        """Text, which belongs to all open elements."""
        for one in self.open:
            one.words.append(data)


def read(page: str) -> Element:
    """The root of a page."""
    return Reader(page).root


def scenario(root: Element, title: str) -> Element:
    """The section of one scenario."""
    return next(one for one in root.all("details", "scenario") if one.all("h4")[0].text == title)


def seconds(text: str) -> list[float]:
    """The exact times in a title."""
    return [float(one) for one in re.findall(r"(-?\d+\.\d\d) s\b", text)]
