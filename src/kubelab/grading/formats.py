"""Writes the results of a class in every format into one folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from kubelab.grading import gradescope, results_file, spreadsheet, web_pages
from kubelab.grading.file_names import file_name
from kubelab.grading.marks import Results

CSV, PAGES, GRADESCOPE = "results.csv", "html", "gradescope"
"""The file of the table, and the folders of the pages and of Gradescope's files."""


def write(results: Results, folder: Path) -> None:
    """Write results.json, results.csv, html/ and gradescope/ into the folder; what an earlier run has written there goes."""
    for name in (PAGES, GRADESCOPE):
        shutil.rmtree(folder / name, ignore_errors=True)
    for path, text, encoding in _files(results):
        _put(folder / path, text, encoding)


def _files(results: Results) -> Iterator[tuple[str, str, str]]:
    yield CSV, spreadsheet.text(results), spreadsheet.ENCODING
    for path, text in web_pages.pages(results):
        yield f"{PAGES}/{path}", text, "utf-8"
    for student, text in gradescope.texts(results).items():
        yield f"{GRADESCOPE}/{file_name(student)}/results.json", text, "utf-8"
    yield results_file.NAME, results_file.text(results), "utf-8"


def _put(path: Path, text: str, encoding: str) -> None:
    """The file is there as a whole or not at all; what is no letter of any script (a broken name) is written as an escape."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding=encoding, errors="backslashreplace", newline="")
    part.replace(path)
