"""What a scenario has asked of the network so far."""

from dataclasses import dataclass, field

from kubelab.answers.asking import Asking
from kubelab.answers.series import Series


@dataclass(eq=False)
class Conversation:
    """The host names that stand for nodes' addresses, the last request, and one that is made again and again; None where none was made."""

    hosts: dict[str, str] = field(default_factory=dict)
    last: Asking | None = None
    series: Series | None = None
