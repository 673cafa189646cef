"""From the save of a file to the verdict of the first objective, by `kubelab check --watch` on the exercise rs_lab: the median of ten."""

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kubelab import exercises
from kubelab.exercises.exercise_choice import named
from kubelab.practice import starting
from kubelab.practice.loop import INVITATION

EXERCISE = "controllers/rs_lab"
SOLUTION = Path(__file__).parents[1] / "manifests" / "controllers" / "solutions" / "rs_lab"
SIGNS = ("✓", "✗", "?")
"""The beginnings of an objective's line."""
COMMAND = [sys.executable, "-c", "import sys; from kubelab.cli import main; sys.exit(main())", "check", "--watch"]


def main() -> None:
    """Measure on the cluster that pytest would use, on an idle machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=10, help="how many (default: 10)")
    saves = parser.parse_args().saves
    with tempfile.TemporaryDirectory() as work, watching(Path(work)) as process:
        await_line(process, INVITATION)
        seconds = [measured(process, Path(work), number) for number in range(saves)]
    print(f"from save to the first verdict, median of {saves}: {statistics.median(seconds):.2f} s")
    print(f"each: {', '.join(f'{one:.2f}' for one in seconds)} s")


@contextmanager
def watching(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A check that watches the folder, which has our own solution in it; the check ends with the block."""
    starting.start(named(EXERCISE, exercises.shipped()), folder)
    for file in named(EXERCISE, exercises.shipped()).files:
        shutil.copy(SOLUTION / file, folder)
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen([*COMMAND, str(folder)], stdout=subprocess.PIPE, text=True, env=environment, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)


def measured(process: subprocess.Popen[str], folder: Path, number: int) -> float:
    """Seconds from a save to the first verdict; returns when the next run is prepared."""
    file = folder / "rs-lab.yaml"
    text = file.read_text(encoding="utf-8")
    began = time.monotonic()
    file.write_text(f"{text.rstrip()}\n# save {number}\n", encoding="utf-8")
    verdict = await_line(process, *SIGNS)
    seconds = time.monotonic() - began
    if not verdict.startswith(SIGNS[0]):
        raise SystemExit(f"our own solution should be right: {verdict}")
    await_line(process, INVITATION)
    return seconds


def await_line(process: subprocess.Popen[str], *begins: str) -> str:
    """The next line that begins with the text; the lines before it are skipped."""
    for line in process.stdout or ():
        if line.startswith(begins):
            return line.strip()
    raise SystemExit(f"the check ended with exit code {process.wait()}")


if __name__ == "__main__":
    main()
