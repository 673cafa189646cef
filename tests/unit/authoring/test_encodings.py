"""A feature file is UTF-8, with or without a byte order mark; another encoding is reported where it shows."""

from pathlib import Path

import pytest

from kubelab import authoring

TEXT = "Feature: Größe\n\n  Scenario: S\n    Given one\n"


def findings(folder: Path, data: bytes) -> list[str]:
    """The findings of a file with these bytes."""
    (folder / "a.feature").write_bytes(data)
    return [str(one) for one in authoring.read(folder / "a.feature", "a.feature").all_findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_mark_of_utf_8_is_not_part_of_the_text(tmp_path: Path, encoding: str) -> None:
    """As Windows' editors write it."""
    assert findings(tmp_path, TEXT.encode(encoding)) == []


@pytest.mark.parametrize(
    ("text", "encoding", "place", "byte"),
    [(TEXT, "latin-1", "1:12", "F6"), (TEXT.replace("one", "한"), "cp949", "1:12", "A9"), ("\r\n" + TEXT, "latin-1", "2:12", "F6")],
)
def test_another_encoding_is_told_with_the_line(tmp_path: Path, text: str, encoding: str, place: str, byte: str) -> None:
    """And the column of the first character that cannot be decoded."""
    data = text.encode(encoding, errors="ignore" if encoding == "cp949" else "strict")
    what = "this line is not UTF-8 text (its byte 0x{} is of Latin-1 or another encoding): save it as UTF-8."

    [told] = findings(tmp_path, data)

    assert told == f"a.feature:{place}: not-utf-8 {what.format(byte)}"


def test_utf_16_is_told_by_its_name(tmp_path: Path) -> None:
    """Otherwise each of its lines would be a finding."""
    assert findings(tmp_path, TEXT.encode("utf-16")) == ["a.feature:1:1: not-utf-8 this file is UTF-16: save it as UTF-8."]
