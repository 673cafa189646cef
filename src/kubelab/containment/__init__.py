"""What keeps labs in their namespaces: an account for each scenario, and what the API server lets such accounts do."""

from kubelab.containment.accounts import Account, admit, given, remove, remove_ended
from kubelab.containment.boundary import draw

__all__ = ["Account", "admit", "draw", "given", "remove", "remove_ended"]
