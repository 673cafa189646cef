"""Whose fault a failed sentence is: the lab's, or that of a cluster which refuses it, or of a part of the cluster that did not act."""

from typing import TYPE_CHECKING

from kubelab import actors
from kubelab.authoring import Step
from kubelab.conditions.in_words import shortened
from kubelab.diagnostics import circumstance
from kubelab.errors import NotHere, SetupTrouble
from kubelab.plugin.command_lines import kubectl

if TYPE_CHECKING:
    from kubelab.actors import Outage
    from kubelab.scenario import Scenario


def of_cluster(lab: "Scenario", error: BaseException, step: Step, *, is_first: bool) -> SetupTrouble | None:
    """The trouble of the cluster because of which the sentence could not come true with any lab; None if the failure is the lab's.

    The parts of the cluster are checked only for the first failed sentence: an earlier failure stays the verdict.
    """
    sentence = f"{step.text} {step.docstring or ''}"
    if not lab.cluster.can.ours and (reason := circumstance(lab, error, sentence)):
        return NotHere(reason)
    return _of_outage(lab, error, sentence) if is_first else None


def _of_outage(lab: "Scenario", error: BaseException, sentence: str) -> SetupTrouble | None:
    try:
        found = actors.absent(lab, error, sentence)
    except SetupTrouble as trouble:
        return trouble
    except Exception:  # noqa: BLE001  (the look for somebody to blame must never hide the failure)
        return None
    return SetupTrouble(_told(lab, found, error)) if found else None


def _told(lab: "Scenario", outage: "Outage", error: BaseException) -> str:
    """The outage, the command that shows it, and what the sentence saw meanwhile."""
    command = outage.command
    if command.startswith("kubectl "):
        command = command.replace("kubectl", kubectl(lab.cluster), 1)
    saw = getattr(error, "last_saw", "") or str(error)
    return f"The lab cannot be judged: {outage.text}.\nSee it: {command}\nMeanwhile the sentence saw: {shortened(saw)}"
