"""Where the CPU time of a run goes: CPU seconds of each program of this machine, those in the nodes too, while a command runs."""

import argparse
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LABS = ("-m", "pytest", "features", "-n", "4", "-q", "-p", "no:randomly")
OFTEN = 0.25
"""Seconds between two looks at the processes; what lives shorter is counted among its parent's children."""
TICKS = os.sysconf("SC_CLK_TCK")
KERNEL = 2
"""The process whose children are the kernel's threads."""
SMALL = 0.01
"""The part of the whole below which programs are summed up in one line."""
Key = tuple[int, int]
"""A process: its id, and when it began."""


@dataclass(frozen=True)
class Usage:
    """What a process has used: CPU seconds of its own, and of its children that have ended and been waited for."""

    program: str
    parent: int
    own: float
    children: float

    @property
    def all(self) -> float:
        """What its parent is told at its end."""
        return self.own + self.children


def main() -> None:
    """Parse, run, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", default=LABS, help="what Python runs, after -- (default: -m pytest features -n 4)")
    before, began, busy = processes(), time.monotonic(), machine()
    after = watched([sys.executable, *parser.parse_args().words])
    print(table(spent(before, after), machine() - busy, time.monotonic() - began))


def watched(command: list[str]) -> dict[Key, Usage]:
    """Run the command; each process as it was seen last."""
    seen: dict[Key, Usage] = {}
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            seen.update(processes())
            time.sleep(OFTEN)
    return {**seen, **processes()}


def processes() -> dict[Key, Usage]:
    """All processes of the machine, as proc(5) tells them in /proc/PID/stat."""
    return dict(found for folder in Path("/proc").iterdir() if folder.name.isdigit() and (found := _process(folder)))


def _process(folder: Path) -> tuple[Key, Usage] | None:
    try:
        begin, _, rest = (folder / "stat").read_text().rpartition(") ")
    except OSError:  # it has just ended
        return None
    words = rest.split()
    parent, times, started = int(words[1]), [int(word) / TICKS for word in words[11:15]], int(words[19])
    program = "the kernel's threads" if parent == KERNEL else begin.partition("(")[2]
    return (int(folder.name), started), Usage(program, parent, sum(times[:2]), sum(times[2:]))


def spent(before: Mapping[Key, Usage], after: Mapping[Key, Usage]) -> Mapping[str, float]:
    """CPU seconds by program; a process that nobody saw is one of its parent's "short-lived children"."""
    total: defaultdict[str, float] = defaultdict(float)
    ended = _ended(after)
    for key, usage in after.items():
        first = before.get(key, Usage(usage.program, usage.parent, 0, 0))
        total[usage.program] += usage.own - first.own
        total[f"short-lived children of {usage.program}"] += max(0.0, usage.children - first.children - ended[key[0]])
    return total


def _ended(after: Mapping[Key, Usage]) -> Mapping[int, float]:
    """By parent's id: what its children had used that were seen, and are gone."""
    alive = processes()
    gone: defaultdict[int, float] = defaultdict(float)
    for key, usage in after.items():
        if key not in alive:
            gone[usage.parent] += usage.all
    return gone


def machine() -> float:
    """CPU seconds of the whole machine since it began, but for those in which it was idle."""
    words = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(int(word) / TICKS for at, word in enumerate(words[:8]) if at not in {3, 4})


def table(total: Mapping[str, float], busy: float, lasted: float) -> str:
    """A line for each program, the most expensive first."""
    rows = sorted(total.items(), key=lambda row: -row[1])
    large = [(name, seconds) for name, seconds in rows if seconds >= SMALL * busy]
    rest = busy - sum(seconds for _, seconds in large)
    lines = [f"{seconds:8.1f} {seconds / busy:5.0%}  {name}" for name, seconds in [*large, ("all others", rest)]]
    cores = os.cpu_count() or 1
    return "\n".join([*lines, f"{busy:8.1f}  100%  CPU seconds in {lasted:.0f} s: {busy / lasted / cores:.0%} of {cores} cores"])


if __name__ == "__main__":
    main()
