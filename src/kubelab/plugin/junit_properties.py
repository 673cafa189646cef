"""What JUnit says of a scenario beside its outcome, from its record."""

from kubelab.authoring import exercise_tags
from kubelab.records.scenario_record import ScenarioRecord


def properties(record: ScenarioRecord) -> list[tuple[str, object]]:
    """Its feature, its tags, its points where a tag gives them, and its wait that came nearest to a limit: the seconds, and that limit."""
    told = {
        "feature": record.name,
        "tags": " ".join(f"@{tag}" for tag in record.tags),
        "points": str(record.points) if exercise_tags.points(record.tags) else "",
    }
    if record.nearest:
        _, wait = record.nearest
        told |= {"waited": f"{wait.waited:.2f}", "limit": f"{wait.limit:g}"}
    return [(name, value) for name, value in told.items() if value]
