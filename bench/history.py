"""How long it takes to sum up the history of many scenarios over many runs: shortest and median of some rounds, and the CPU time."""

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kubelab.history import history_files, history_reading, history_text
from kubelab.history.classes import Window
from kubelab.history.version_overview import overview
from kubelab.records.scenario_record import RunFacts, ScenarioRecord, Sentence, Wait

END = datetime(2026, 8, 11, 2, 17, 4, tzinfo=UTC)
TITLE = "A deleted Pod comes back on its node"


def main() -> None:
    """Measure on an idle machine; no cluster is needed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--runs", type=int, default=365, help="how many (default: 365)")
    parser.add_argument("--rounds", type=int, default=5, help="how many (default: 5)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(chosen.runs):
            history_files.add([record(number, chosen.runs, one) for one in range(chosen.scenarios)], Path(folder))
        seconds = [measured(Path(folder)) for _ in range(chosen.rounds)]
    shortest, busy = min(seconds), min(busy for _, busy in seconds)
    median = statistics.median(wall for wall, _ in seconds)
    print(f"{chosen.scenarios} scenarios in {chosen.runs} runs: {shortest[0]:.2f} s, median {median:.2f} s, CPU time {busy:.2f} s")


def record(run: int, runs: int, scenario: int) -> ScenarioRecord:
    """A scenario in a run: one of ten scenarios fails now and then, without a pattern."""
    feature = f"features/controllers/daemon_set_{scenario // 6}.feature"
    outcome = "failed" if scenario % 10 == 0 and run * 7919 % 11 == scenario % 11 else "passed"
    began = (END - timedelta(days=runs - run)).isoformat()
    return ScenarioRecord(
        id=f"{feature}::{TITLE} {scenario}",
        feature=feature,
        name=f"{TITLE} {scenario}",
        goal="",
        chapter="DaemonSet",
        scenario=f"{TITLE} {scenario}",
        line=scenario % 6 * 10 + 3,
        outcome=outcome,
        began=began,
        seconds=10 + run % 7 + scenario / 1000,
        run=RunFacts(f"run-{run}", began, "0.1.0", "1.36.3"),
        cause="" if outcome == "passed" else "Pod web was not ready",
        sentences=(Sentence(7, "Then", "it comes back", "then", outcome, waits=(Wait(0, 3 + run % 5, 30, "", "", met=True),)),),
    )


def measured(folder: Path) -> tuple[float, float]:
    """Seconds from reading the files to the text, and those of them in which the CPU worked for it."""
    began, busy = time.perf_counter(), time.process_time()
    found = [overview(one, Window(END)) for one in history_reading.read(folder)]
    history_text.text(found)
    return time.perf_counter() - began, time.process_time() - busy


if __name__ == "__main__":
    main()
