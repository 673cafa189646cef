"""The verb report: from a folder of records to a page, and its errors."""

from pathlib import Path

import pytest

from kubelab import cli, reports
from kubelab.records import record_files
from tests.unit.reports import sample_records


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A folder with records in subfolders."""
    for number, record in enumerate(sample_records.every_kind()):
        record_files.write(tmp_path / "records" / record.chapter / f"{number}{record_files.SUFFIX}", record)
    return tmp_path / "records"


def test_a_page_is_made_of_all_records(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same page as from the records themselves; missing folders are created."""
    page = tmp_path / "new" / "week.html"

    assert cli.main(["report", str(records), "--to", str(page)]) == 0

    assert page.read_text(encoding="utf-8") == reports.page(sample_records.every_kind())
    assert capsys.readouterr().out == f"{page}   8 scenarios: open it in a browser\n"


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_records_is_trouble(there: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: FBT001  (a case)
    """No page is written that would look as if nothing had failed."""
    if there:
        (tmp_path / "none").mkdir()

    assert cli.main(["report", str(tmp_path / "none"), "--to", str(tmp_path / "page.html")]) == 3

    assert "has no records. A run keeps them: pytest features/ --lab-record" in capsys.readouterr().err
    assert not (tmp_path / "page.html").exists()


def test_a_broken_record_is_named(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page without it would hide a scenario."""
    (records / f"broken{record_files.SUFFIX}").write_text("{")

    assert cli.main(["report", str(records), "--to", str(tmp_path / "page.html")]) == 3

    assert f"{records}/broken{record_files.SUFFIX} is not a record" in capsys.readouterr().err
    assert not (tmp_path / "page.html").exists()


def test_a_page_that_cannot_be_written_is_trouble(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line; no partial file is left."""
    (tmp_path / "page.html").mkdir()

    assert cli.main(["report", str(records), "--to", str(tmp_path / "page.html")]) == 3

    assert capsys.readouterr().err.count("\n") == 1
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
