"""Makes a folder of what a run has left a bundle that others can check: what ran where, how it came out, and a checksum of each file."""

import json
import platform
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from kubelab.errors import SetupTrouble
from kubelab.records.scenario_record import ERROR, FAILED, PASSED, SKIPPED, ScenarioRecord

VERSIONS, README, SUMS = "versions.json", "README.md", "SHA256SUMS"
"""The files that are added."""
NOT_COLLECTED = 'message="collection failure"'
"""How pytest's JUnit tells a file that it could not collect: none of its scenarios has a record."""
PARTS = {
    "labs.xml": "JUnit, as pytest writes it",
    "records": "what each scenario did: a file of JSON each",
    "report.html": "the same as a page; `kubelab report records` makes it anew",
    "evidence": "the whole text of each failure; none where nothing failed",
    "nodes": "what the nodes have logged",
}
"""The files and folders of a bundle, and what they are."""
TEXT = """\
# Labs on Kubernetes {kubernetes}

{counts}. kubelab {kubelab}, run {run}, begun {began}.

| file | what it is |
|---|---|
{rows}| `{versions}` | versions of everything that took part |
| `{sums}` | checksums: `sha256sum --check {sums}` |

On a cluster of one's own: `pip install kubelab=={kubelab}`, `kubelab up --kubernetes {kubernetes}`, `pytest features/`.
"""


@dataclass(frozen=True)
class Bundle:
    """What was bundled: how many files, and which parts are not there."""

    files: int
    missing: Sequence[str]


def bundle(folder: Path, records: Sequence[ScenarioRecord]) -> Bundle:
    """Add a README, the versions and the checksums to the folder; SetupTrouble where it has no whole run on one version."""
    _require_end(folder / "labs.xml")
    facts = {one.run.kubernetes: one.run for one in records if one.run.kubernetes}
    if len(facts) != 1:
        raise SetupTrouble(f"{folder} has records of {len(facts)} versions of Kubernetes: a bundle is of one run on one version.")
    (run,) = facts.values()
    missing = [name for name in PARTS if name != "evidence" and not (folder / name).exists()]
    rows = "".join(f"| `{name}` | {what} |\n" for name, what in PARTS.items() if (folder / name).exists())
    said = {**asdict(run), "python": platform.python_version(), "machine": platform.machine(), "system": platform.platform()}
    (folder / VERSIONS).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    (folder / README).write_text(TEXT.format(**said, counts=_counts(records), rows=rows, versions=VERSIONS, sums=SUMS), encoding="utf-8")
    sums = list(_sums(folder))
    (folder / SUMS).write_text("".join(sums), encoding="utf-8")
    return Bundle(len(sums), missing)


def _require_end(junit: Path) -> None:
    """At its end pytest writes the file: without it, nobody knows what was not run."""
    if not junit.is_file():
        raise SetupTrouble(f"{junit} is missing: the run has not come to its end, or had no --junitxml={junit}")
    if NOT_COLLECTED in junit.read_text(encoding="utf-8", errors="replace"):
        raise SetupTrouble(f"{junit} tells of a file that could not be collected: its scenarios were not run.")


def _counts(records: Sequence[ScenarioRecord]) -> str:
    counts = Counter(one.outcome for one in records)
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in (PASSED, FAILED, ERROR, SKIPPED) if counts[outcome])


def _sums(folder: Path) -> Iterator[str]:
    """A line for each file, as `sha256sum` writes it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / SUMS:
            yield f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
