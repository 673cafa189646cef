"""Everything that is written into the folder of a graded class."""

from pathlib import Path

from kubelab.grading import formats, results_file
from kubelab.grading.file_names import file_name

from .small_class import UP, class_of_four, grade, passed, results


def files(folder: Path) -> set[str]:
    """The paths of all files in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_each_format_is_there(tmp_path: Path) -> None:
    """No other file is written."""
    formats.write(class_of_four(), tmp_path)

    pages = {f"html/students/{file_name(one)}.html" for one in ("ann", "bob", "cy", "dee")}
    uploads = {f"gradescope/{file_name(one)}/results.json" for one in ("ann", "bob", "cy")}
    assert files(tmp_path) == {"results.json", "results.csv", "html/index.html", *pages, *uploads}
    assert results_file.read(tmp_path) == class_of_four()
    assert (tmp_path / "results.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent,exercise,")


def test_what_an_earlier_run_wrote_of_a_student_goes(tmp_path: Path) -> None:
    """A student who is no longer in the class has no page."""
    formats.write(class_of_four(), tmp_path)
    formats.write(results(grade("ann", passed(UP))), tmp_path)

    assert files(tmp_path) == {
        "results.json",
        "results.csv",
        "html/index.html",
        f"html/students/{file_name('ann')}.html",
        f"gradescope/{file_name('ann')}/results.json",
    }


def test_a_broken_name_is_written_as_an_escape(tmp_path: Path) -> None:
    """File systems have such names if they are not UTF-8."""
    formats.write(results(grade("ann\udcff", passed(UP))), tmp_path)

    assert results_file.read(tmp_path).students == ("ann\udcff",)
    assert "ann\\udcff" in (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
