"""The files of --lab-evidence: one for each failure of each scenario, under the path of its feature."""

from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.plugin.failure_text import as_named
from kubelab.plugin.scenario_files import place

if TYPE_CHECKING:
    from kubelab.plugin.items import ScenarioItem


def write(folder: Path, item: "ScenarioItem", error: BaseException, text: str, *, teardown: bool = False) -> None:
    """Write a failure's text and all of its evidence into `<folder>/<feature>/<scenario>.txt`, or `.teardown.txt` for one after it."""
    suffix = ".teardown.txt" if teardown else ".txt"
    file = folder / place(item.config.rootpath, item.feature, item.path, item.name, suffix)
    file.parent.mkdir(parents=True, exist_ok=True)
    sections = [section for failure in getattr(error, "failures", ()) for section in failure.evidence]
    parts = [text, *(as_named(item, "\n".join([f"== {section.title}", *section.lines])) for section in sections)]
    file.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
