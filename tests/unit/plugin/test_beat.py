"""What is done a few times per second ends with the run, and cannot end the run."""

import threading

from kubelab.plugin.beat import Beat


def test_it_goes_on_until_it_is_stopped() -> None:
    """Its thread is then gone; it is started only once."""
    told, twice = list[int](), threading.Event()

    def tell() -> None:
        told.append(1)
        if len(told) > 1:
            twice.set()

    beat = Beat(tell)
    beat.start()
    thread = beat.thread
    beat.start()
    assert twice.wait(30)
    beat.stop()

    assert thread is beat.thread
    assert thread is not None
    assert not thread.is_alive()


def test_a_failure_ends_only_the_telling() -> None:
    """No exception is raised: pytest would count it as a warning."""
    told = list[int]()

    def fail() -> None:
        told.append(1)
        raise OSError("no space left on device")

    beat = Beat(fail)
    beat.start()
    assert beat.over.wait(30)
    beat.stop()

    assert told == [1]


def test_one_that_never_began_can_be_stopped() -> None:
    """As in a run without labs."""
    beat = Beat(lambda: None)
    beat.stop()

    assert beat.thread is None
