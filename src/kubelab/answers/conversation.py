"""The requests that a scenario has made so far."""

from dataclasses import dataclass, field

from kubelab.answers.asking import Asking
from kubelab.answers.series import Series


@dataclass(eq=False)
class Conversation:
    """The host names for nodes' addresses, the last request, and one that is made again and again; None where there is none."""

    hosts: dict[str, str] = field(default_factory=dict)
    last: Asking | None = None
    series: Series | None = None
