"""What ends a wait early: states that no waiting changes, how each is seen, and how long it may yet turn out well."""

from kubelab.hopeless.states import BROKEN, table

__all__ = ["BROKEN", "table"]
