"""Runs pytest on submissions as a program of its own, and takes over what it judges, line by line, while it runs."""

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kubelab.cli.live_line import Show
from kubelab.clusters import child
from kubelab.errors import SetupTrouble
from kubelab.grading import Assignment, assembly, pace, score_reading
from kubelab.grading.file_names import file_name
from kubelab.grading.journal import Journal
from kubelab.grading.score_reading import Growing
from kubelab.submissions import Submission

PYTEST = (sys.executable, "-P", "-m", "pytest")
"""pytest, without the current folder, in which anything may lie, in Python's path."""
PAUSE = 0.5
"""Seconds between two looks at what was judged."""
JUDGED = (0, 1, 6)
"""The exit codes of a run that came to its end: all passed, some failed, some could not be judged."""
ALWAYS = ("-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--maxfail=0", "--continue-on-collection-errors", "--color=no")
"""Whatever a settings file says: every objective is judged, and nothing is kept beside the results."""


@dataclass
class ScoreRun:
    """Runs of pytest: `features` and `options` on its command line, `home` for its files and its log; `times` counts them."""

    features: Sequence[Path]
    options: Sequence[str]
    environment: Mapping[str, str]
    home: Path
    log: Path
    journal: Journal
    assignments: Mapping[str, Assignment]
    show: Show
    times: int = field(default=0, init=False)

    def __call__(self, submissions: Sequence[Submission]) -> str:
        """Judge the submissions, and add the lines to the journal; why it ended before its time, "" where it did not.

        SetupTrouble with the end of the log where the first run ended so before it had judged anything.
        """
        self.times += 1
        scores = Growing(self.home / f"scores-{self.times}.jsonl")
        scores.path.unlink(missing_ok=True)
        code, lines = self._run(self._command(submissions, scores.path), submissions, scores)
        if code in JUDGED:
            return ""
        if not lines and self.times == 1:
            said = [f"pytest ended with exit code {code} and judged nothing. It said last ({self.log}):", *child.last_words(self.log)]
            raise SetupTrouble("\n".join(said))
        return f"pytest ended with exit code {code} before this was judged: see {self.log.name}"

    def _command(self, submissions: Sequence[Submission], scores: Path) -> list[str | os.PathLike[str]]:
        """What is run; students go by the names of their files, which can be part of any test's name."""
        listed = [
            {"student": file_name(one.student), "exercise": one.exercise, "folder": str(one.folder.absolute())} for one in submissions
        ]
        file = self.home / "submissions.json"
        file.write_text(json.dumps({"submissions": listed}, indent=1), encoding="utf-8")
        return [*PYTEST, *self.features, "--lab-solutions", file, "--lab-score", scores, *ALWAYS, *self.options]

    def _run(self, command: Sequence[str | os.PathLike[str]], submissions: Sequence[Submission], scores: Growing) -> tuple[int | None, int]:
        """The exit code, and how many objectives were judged; those are kept whatever ends the run."""
        of = sum(len(self.assignments[one.exercise].goals) for one in submissions)
        whose = {(file_name(one.student), one.exercise): one for one in submissions}
        began, done, code = time.monotonic(), 0, None
        try:
            with child.running(command, self.log, self.environment) as wait:
                while code is None:
                    done += self._take(scores, whose)
                    self.show(f"{'again: ' if self.times > 1 else ''}{pace.line(done, of, time.monotonic() - began)}")
                    code = wait(PAUSE)
        finally:
            done += self._take(scores, whose)
        return code, done

    def _take(self, scores: Growing, whose: Mapping[tuple[str, str], Submission]) -> int:
        """Add the new lines to the journal; how many there are."""
        said = [score_reading.read(text) for text in scores.lines()]
        lines = [(one, whose[one.student, one.exercise]) for one in said if (one.student, one.exercise) in whose]
        known = [(whole, replace(score_reading.local(one, whole.folder), student=whole.student)) for one, whole in lines]
        self.journal.add((assembly.key_of(whole, self.assignments[one.exercise]), one) for whole, one in known)
        return len(lines)
