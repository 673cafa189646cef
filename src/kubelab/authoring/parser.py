"""Reads a feature file with the official Gherkin parser; a line that cannot be read affects its own scenario only."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from kubelab.authoring import descriptions, encodings, exercise_tags, hints, structure, tagging
from kubelab.authoring.consequences import causes
from kubelab.authoring.docstrings import below, unclosed
from kubelab.authoring.feature import Feature, ScenarioText, Step
from kubelab.authoring.finding import Finding
from kubelab.authoring.keywords import Keywords
from kubelab.authoring.opening import Opening
from kubelab.authoring.unreadable import UnreadableLine

TYPES = {"Context": "given", "Action": "when", "Outcome": "then"}
"""Gherkin's names for the types of steps."""
ATTEMPTS = 50
"""How often a file is read again, without the lines that could not be read."""
Known = Callable[[str], bool]
Homes = Callable[[Finding], Sequence[structure.Part]]


def read(path: Path, shown: str = "", tags: frozenset[str] = frozenset(), known: Known = lambda _text: False) -> Feature:
    """The feature in a file; `shown` names the file in findings, `tags` are allowed too, `known` recognizes known sentences."""
    shown = shown or str(path)
    if path.exists() and not path.is_file():  # reading a FIFO would wait for who writes it
        return _unread(path, shown, "this is not a regular file (a FIFO, a socket, a device?). Replace it with the feature itself.")
    try:
        text = encodings.text_of(path)
    except UnicodeDecodeError as error:
        return Feature(path, shown, findings=(encodings.not_utf8(error, shown),))
    except OSError as error:
        return _unread(path, shown, f"this file cannot be read: {error.strerror}.")
    return parse(text, path, shown, tags, known)


def _unread(path: Path, shown: str, what: str) -> Feature:
    return Feature(path, shown, findings=(Finding(shown, 1, 1, "parse-error", what),))


def parse(text: str, path: Path, shown: str, tags: frozenset[str] = frozenset(), known: Known = lambda _text: False) -> Feature:
    """The feature in a text, as `read` gives it."""
    lines = text.split("\n")
    opening = Opening.of(lines)
    if wrong := opening.finding(shown):
        return Feature(path, shown, findings=(wrong,))
    keywords = Keywords.of(opening.language)
    document, broken = _document(UnreadableLine(lines, keywords, known, shown))
    if "feature" not in document:
        return Feature(path, shown, findings=tuple(broken))
    checked = _checked(document["feature"], structure.Source(shown, text.splitlines(), keywords, tags, known))
    homes = structure.homes(document["feature"])
    return _feature(document, path, shown, causes([*broken, *checked], homes), homes)


def _checked(feature: Mapping[str, Any], source: structure.Source) -> Iterator[Finding]:
    for part in (structure, tagging, exercise_tags, hints, descriptions):
        yield from part.check(feature, source)


def _document(file: UnreadableLine) -> tuple[Mapping[str, Any], list[Finding]]:
    """The syntax tree of what can be read, and a finding for each line that cannot; what is below such a line is left out with it."""
    findings = list[Finding]()
    for text in unclosed(file.lines, file.keywords, file.known):
        findings.append(text.finding(file.lines, file.shown))
        _blank(file.lines, range(text.start, text.end))
    for _ in range(ATTEMPTS):
        try:
            document: Mapping[str, Any] = Parser().parse("\n".join(file.lines))
        except (CompositeParserException, ParserException) as error:
            # What the parser says after its first error may be a consequence of that.
            finding = file.finding(getattr(error, "errors", [error])[0])
            findings.append(finding)
            _blank(file.lines, [finding.line, *below(file.lines, finding.line)])
        else:
            return document, findings
    return {}, findings


def _blank(lines: list[str], numbers: Iterable[int]) -> None:
    for number in list(numbers):
        lines[number - 1] = ""


def _feature(document: Mapping[str, Any], path: Path, shown: str, findings: Sequence[Finding], homes: Homes) -> Feature:
    feature = document["feature"]
    pickles = Compiler().compile({**document, "uri": shown})  # type: ignore[typeddict-item]
    reader = _Reader.of(feature, findings, homes)
    scenarios = [reader.scenario(pickle) for pickle in pickles]
    made = {pickle["astNodeIds"][0] for pickle in pickles}
    scenarios += [reader.without_rows(part) for part in structure.scenarios(feature) if part.id not in made]
    return Feature(
        path=path,
        shown=shown,
        name=feature["name"],
        language=feature["language"],
        description=feature["description"].strip(),
        line=feature["location"]["line"],
        tags=tuple(tagging.names(feature)),
        scenarios=tuple(sorted(scenarios, key=lambda scenario: scenario.line)),
        findings=tuple(reader.homeless()),
        pickles=len(pickles),
    )


@dataclass(frozen=True)
class _Reader:
    """Turns Gherkin's pickles into scenarios, each with the findings on its lines or its background's."""

    parts: Mapping[str, structure.Part]
    steps: Mapping[str, Any]
    findings: Mapping[str, list[Finding]]

    @classmethod
    def of(cls, feature: Mapping[str, Any], findings: Sequence[Finding], homes: Homes) -> "_Reader":
        parts = {part.id: part for part in structure.scenarios(feature)}
        placed = defaultdict(list)
        for finding in findings:
            for home in [part.id for part in homes(finding)] or [""]:
                placed[home].append(finding)
        return cls(parts, {step["id"]: step for step in structure.steps(feature)}, placed)

    def scenario(self, pickle: Mapping[str, Any]) -> ScenarioText:
        """The scenario of a pickle."""
        part, tags = self.parts[pickle["astNodeIds"][0]], tagging.names(pickle)
        return ScenarioText(
            title=pickle["name"],
            line=pickle["location"]["line"],
            steps=tuple(self._steps(pickle["steps"])),
            tags=frozenset(tags),
            rule=part.rule,
            row=part.row(pickle["astNodeIds"][1:]),
            points=exercise_tags.points(tags),
            hint=next(iter(hints.of(part.node["description"])), ""),
            findings=tuple(sorted(self.findings.get(part.id, ()))),
        )

    def without_rows(self, part: structure.Part) -> ScenarioText:
        """A scenario for an outline without rows: it must not vanish."""
        return ScenarioText(part.node["name"], part.line, (), rule=part.rule, findings=tuple(sorted(self.findings.get(part.id, ()))))

    def homeless(self) -> list[Finding]:
        """The findings that belong to no scenario."""
        return sorted(self.findings.get("", ()))

    def _steps(self, pickled: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
        before = "given"
        for one in pickled:
            node, argument = self.steps[one["astNodeIds"][0]], one.get("argument", {})
            before = TYPES.get(one["type"] or "", before)
            place, table = node["location"], argument.get("dataTable")
            rows = tuple(tuple(cell["value"] for cell in row["cells"]) for row in table["rows"]) if table else None
            docstring = argument.get("docString", {}).get("content")
            yield Step(node["keyword"].strip(), before, one["text"], place["line"], place.get("column", 1), docstring, rows)
