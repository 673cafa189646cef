"""Evidence for a failure, gathered within five seconds whatever the cluster does: sections of plain text, never an error."""

from kubelab.diagnostics.circumstances import circumstance
from kubelab.diagnostics.evidence import Scene, Section, evidence

__all__ = ["Scene", "Section", "circumstance", "evidence"]
