"""The labs' images, pulled onto the nodes before a lab asks for them, by a separate process that `up` starts and `status` shows."""

from kubelab.clusters.prepulled import background
from kubelab.clusters.prepulled.state import State, is_under_way, read
from kubelab.clusters.prepulled.wanted import Wanted, wanted
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import Settings

__all__ = ["State", "Wanted", "background", "ensure", "told"]

QUICK = 60.0
"""Seconds for which an `up` waits for the images; then it continues without them."""


def ensure(settings: Settings, progress: Progress) -> None:
    """Have the nodes pull the labs' images that they lack, and wait `QUICK` seconds at most; the rest is pulled in the background.

    An image that could not be pulled is reported, and tried again by the next `up`, which does not wait for it.
    """
    images, known = wanted(settings), read(settings.folder)
    if not images.names or (known and known.has(images.names)):
        return
    lines = told(settings) if is_under_way(settings.folder) else _begin(settings, images.names, progress, again=bool(known))
    for line in lines:
        progress.line(line)


def told(settings: Settings) -> list[str]:
    """The state of the labs' images, as lines; none if all are there or nothing had to be pulled."""
    known = read(settings.folder)
    return known.lines(under_way=is_under_way(settings.folder)) if known else []


def _begin(settings: Settings, images: tuple[str, ...], progress: Progress, *, again: bool) -> list[str]:
    """Start the process and, the first time, wait for it; the lines to print about it."""
    child = background.start(settings, images)
    if not again:
        with progress.stage(f"pulling {len(images)} images that labs use onto the nodes", then="done"):
            background.await_end(child, QUICK)
    under_way = background.is_left_alone(child)
    known = read(settings.folder)
    return known.lines(under_way=under_way) if known else []
