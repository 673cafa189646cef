"""Takes pytest's place: reads the list of submissions and writes a score line for each objective, according to the students' files.

A file says `points: 2` for how many objectives pass, `trouble: 1` for how many runs are in trouble first, `hang: yes` for a scenario
without end. FAKE_GOALS are the objectives, FAKE_DIES after how many submissions it dies, FAKE_STATE a folder in which it notes how often
it ran.
"""

import json
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any


def main(words: list[str]) -> int:
    """One run; its exit code."""
    state = Path(os.environ["FAKE_STATE"])
    with (state / "calls").open("a") as calls:
        calls.write(json.dumps({"words": words, "environment": dict(os.environ)}) + "\n")
    listed, scores = (words[words.index(option) + 1] for option in ("--lab-solutions", "--lab-score"))
    _say("pytest speaks")
    with Path(scores).open("a") as out:
        for number, one in enumerate(json.loads(Path(listed).read_text())["submissions"]):
            if str(number) == os.environ.get("FAKE_DIES"):
                _say("INTERNALERROR> out of memory")
                return 3
            for line in _lines(one, state):
                out.write(json.dumps(line) + "\n")
                out.flush()
    return 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _lines(submission: dict[str, str], state: Path) -> list[dict[str, Any]]:
    said = "".join(file.read_text() for file in sorted(Path(submission["folder"]).iterdir()))
    numbers = {word: int(number) for word, number in re.findall(r"(points|trouble): (\d+)", said)}
    if "hang: yes" in said:
        _hang()
    runs = state / f"runs-{submission['student']}"
    before = len(runs.read_text()) if runs.exists() else 0
    runs.write_text("x" * (before + 1))
    goals = json.loads(os.environ["FAKE_GOALS"])
    trouble = before < numbers.get("trouble", 0)
    return [_line(submission, goal, trouble=trouble, good=at < numbers.get("points", 0)) for at, goal in enumerate(goals)]


def _line(submission: dict[str, str], goal: dict[str, Any], *, trouble: bool, good: bool) -> dict[str, Any]:
    outcome = "not graded" if trouble else "passed" if good else "failed"
    said = {"sentence": f"features/x.feature:{goal['line']}  Then it is so", "cause": f"{submission['folder']}/web.yaml: spec.replicas"}
    return {
        "version": 1,
        "student": submission["student"],
        "exercise": submission["exercise"],
        "objective": goal["title"],
        "line": goal["line"],
        "of": goal["points"],
        "points": goal["points"] if outcome == "passed" else 0,
        "outcome": outcome,
        "hint": "",
        "seconds": 0.1,
        "kubernetes": "1.36.3",
        **({} if outcome == "passed" else {"cause": "no cluster"} if trouble else said),
    }


def _hang() -> None:
    signal.signal(signal.SIGTERM, _clear_away)
    _say("hanging")
    while True:
        time.sleep(0.05)


def _clear_away(_number: int, _frame: object) -> None:
    _say("cleared away")
    sys.exit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
