"""What has been graded so far, line by line in a file: a grading that was stopped goes on where it was."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kubelab.errors import SetupTrouble
from kubelab.grading import score_reading
from kubelab.grading.marks import NOT_GRADED
from kubelab.grading.score_reading import Growing, ScoreLine


@dataclass(frozen=True)
class Key:
    """What was judged: whose submission of which exercise, and the digests of the files and of the exercise."""

    student: str
    exercise: str
    digest: str
    asked: str


Judged = Mapping[Key, Mapping[str, ScoreLine]]
"""For each submission the line of each objective that has one, by its title."""


@dataclass(frozen=True)
class Journal:
    """The file at `path`; it need not be there. Whoever reads it while it is written misses at most what comes later."""

    path: Path

    def add(self, lines: Iterable[tuple[Key, ScoreLine]]) -> None:
        """Append lines, and have them on the disk before the next ones come."""
        with self.path.open("a", encoding="utf-8") as file:
            for key, line in lines:
                digests = {"digest": key.digest, "asked": key.asked}
                file.write(json.dumps({**score_reading.written(line), **digests}, sort_keys=True) + "\n")

    def judged(self) -> Judged:
        """What stands in it. What has been judged once stays so: only what was not graded gives way to a later line.

        A line that a killed process has left half written counts for nothing. SetupTrouble for any other that cannot be read.
        """
        found: dict[Key, dict[str, ScoreLine]] = {}
        for text in Growing(self.path).lines():
            key, line = _entry(text, self.path)
            of_submission = found.setdefault(key, {})
            earlier = of_submission.get(line.mark.objective)
            if earlier is None or earlier.mark.outcome == NOT_GRADED:
                of_submission[line.mark.objective] = line
        return found

    def forget(self) -> None:
        """Begin anew."""
        self.path.unlink(missing_ok=True)

    def closed(self) -> None:
        """End a line that a killed process has left half written, so that the next one stands alone."""
        if self.path.exists():
            text = self.path.read_bytes()
            self.path.write_bytes(text[: text.rfind(b"\n") + 1])


def _entry(text: str, path: Path) -> tuple[Key, ScoreLine]:
    try:
        line, said = score_reading.read(text), json.loads(text)
        return Key(line.student, line.exercise, said["digest"], said["asked"]), line
    except (SetupTrouble, ValueError, KeyError) as error:
        raise SetupTrouble(f"{path} cannot be read: {error}\nGrade everything anew: kubelab grade … --fresh") from error
