"""The name that each scenario of a feature is told by, in reports and in results: its title, where that is its own."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kubelab.authoring.feature import ScenarioText

LONGEST_ROW = 60
"""Characters of an outline's row in a name."""


def named(scenarios: Sequence[ScenarioText]) -> Iterator[tuple[str, ScenarioText]]:
    """Each scenario with a name of its own: its title, with the row's cells where rows share it, with the line where scenarios do."""
    titles = Counter(_title(scenario) for scenario in scenarios)
    rows = Counter(_with_row(scenario) for scenario in scenarios)
    for scenario in scenarios:
        name = _title(scenario) if titles[_title(scenario)] == 1 else _with_row(scenario)
        unique = titles[name] == 1 or (scenario.row and rows[name] == 1)
        yield (name if unique else f"{name} (line {scenario.line})"), scenario


def _title(scenario: ScenarioText) -> str:
    # Two colons divide file and title in an item's id.
    return scenario.title.replace("::", ":").strip() or f"line {scenario.line}"


def _with_row(scenario: ScenarioText) -> str:
    cells = ", ".join(scenario.row)
    return f"{_title(scenario)}[{cells[:LONGEST_ROW]}]" if scenario.row else _title(scenario)
