"""What is wrong with a feature file, found without a cluster: file, line, column, a code, and a sentence that says how to fix it."""

from kubelab.authoring.feature import Feature, ScenarioText, Step
from kubelab.authoring.finding import Finding
from kubelab.authoring.parser import parse, read
from kubelab.authoring.titles import named

__all__ = ["Feature", "Finding", "ScenarioText", "Step", "named", "parse", "read"]
