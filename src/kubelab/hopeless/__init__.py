"""What ends a wait early: states that waiting does not change, how each is recognized, and how long it may still recover."""

from kubelab.hopeless.states import BROKEN, table

__all__ = ["BROKEN", "table"]
