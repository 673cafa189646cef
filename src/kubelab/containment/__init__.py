"""What keeps a lab in its place: an account for each scenario, and what the API server lets such accounts do."""

from kubelab.containment.accounts import HOME, SUBMITTED, Account, admit, given, remove, remove_ended
from kubelab.containment.boundary import draw
from kubelab.containment.enclosure import enclose, labels

__all__ = ["HOME", "SUBMITTED", "Account", "admit", "draw", "enclose", "given", "labels", "remove", "remove_ended"]
