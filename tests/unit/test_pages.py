"""The parts of pages that are generated from code are up to date, and every link has a target, also from PyPI."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from checks import pages
from kubelab.plugin.option_list import OPTIONS

ROOT = Path(__file__).parents[2]
FILE = re.compile(r"/$|\.(?:py|yaml|md|toml)$")
"""How a file or a folder is named on a page."""
WRITTEN = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / folder / "README.md" for folder in ("features", "deploy")),
]


@pytest.mark.parametrize("page", [pages.NIGHTLY, pages.PYPI], ids=str)
def test_what_is_written_from_the_code_is_current(page: Path) -> None:
    """Update it by: make docs."""
    assert (ROOT / page).read_text(encoding="utf-8") == pages.fresh(ROOT)[page]


def test_a_page_that_is_behind_is_written_anew(tmp_path: Path) -> None:
    """The text around the table is unchanged."""
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / pages.README, tmp_path)
    (tmp_path / pages.NIGHTLY).write_text(f"# Before\n{pages.BEGIN}old\n{pages.END}\nAfter\n")

    pages.main(tmp_path)

    assert (tmp_path / pages.PYPI).read_text() == (ROOT / pages.PYPI).read_text()
    assert (tmp_path / pages.NIGHTLY).read_text() == f"# Before\n{pages.BEGIN}{pages.settings()}{pages.END}\nAfter\n"


def test_every_setting_is_a_row() -> None:
    """With its option, where it has one."""
    rows = pages.settings().splitlines()

    assert len([row for row in rows if "`KUBELAB_" in row]) == len(OPTIONS)
    assert any(row.startswith("| `--lab-manifest-limit SIZE` | `KUBELAB_MANIFEST_LIMIT` | `lab_manifest_limit` | ") for row in rows)
    assert any(row.startswith("|  | `KUBELAB_NAME` | `lab_name` | ") for row in rows)


def test_the_text_for_pypi_has_no_link_that_leads_nowhere_there() -> None:
    """Links into the repository are replaced by paths."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / project["readme"]).read_text(encoding="utf-8")

    assert [target for _, target in pages.LINK.findall(text) if "://" not in target] == []
    assert "docs/students.md" in text


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    """For links into the repository."""
    for _, target in pages.LINK.findall(page.read_text(encoding="utf-8")):
        path, _, heading = target.partition("#")
        if "://" not in target:
            there = page.parent / path if path else page
            assert there.exists(), target
            assert not heading or heading in headings(there), target


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_that_a_map_names_exists(page: str) -> None:
    """From the root or from the package, or somewhere in the package or in `manifests/`, as the text beside it says."""
    named = {name for name in re.findall(r"`([\w./-]+)`", (ROOT / page).read_text(encoding="utf-8")) if FILE.search(name)}
    below = {path.as_posix() for folder in ("src/kubelab", "manifests") for path in (ROOT / folder).rglob("*")}

    assert len(named) > 10
    assert {name for name in named if not is_there(name, below)} == set()


def is_there(name: str, below: set[str]) -> bool:
    """Whether a file, or a folder with a slash at its end, has this name."""
    return (ROOT / name).exists() or any(path.endswith(f"/{name.rstrip('/')}") for path in below)


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    titles = re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
