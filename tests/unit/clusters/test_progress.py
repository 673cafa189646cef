"""The progress of long work."""

import io
import re
import threading

import pytest

from kubelab.clusters.progress import Activity, Plain, Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It does."""
        return True


def test_plain_lines_say_what_how_long_and_what_is_next() -> None:
    """One when a stage begins, one when it ends."""
    stream = io.StringIO()
    with Progress(stream).stage("compiling", 360, then="the node image"):
        Progress(stream).line("engine: podman")

    *before, last = stream.getvalue().splitlines()
    assert before == ["compiling (about 6 min) …; next: the node image", "engine: podman"]
    assert re.fullmatch(r"✓ compiling, [\d.]+ s", last)


def test_a_stage_that_fails_is_marked_so() -> None:
    """The exception is passed on."""
    stream = io.StringIO()
    with pytest.raises(ValueError, match="boom"), Progress(stream).stage("compiling"):
        raise ValueError("boom")

    assert re.fullmatch(r"✗ compiling, [\d.]+ s", stream.getvalue().splitlines()[-1])


def test_plain_lines_give_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log without new lines for minutes would look like a hang."""
    monkeypatch.setattr("kubelab.clusters.progress.HEARTBEAT", 0.01)
    seen = threading.Event()

    class Watched(io.StringIO):
        def write(self, text: str) -> int:
            if re.search(r"still compiling · \d+ s of about 6 min", text):
                seen.set()
            return super().write(text)

    with Progress(Watched()).stage("compiling", 360):
        assert seen.wait(30)


def test_quiet_means_plain_lines_on_a_terminal_too() -> None:
    """No control characters."""
    stream = Terminal()
    with Progress(stream, quiet=True).stage("compiling"):
        pass

    assert stream.getvalue() == "compiling …\n✓ compiling, 0 s\n"


def test_a_terminal_gets_a_live_line_that_ends_as_a_plain_one() -> None:
    """Stages may nest; the line disappears with the last one."""
    stream = Terminal()
    progress = Progress(stream)
    with progress.stage("making the image", 400), progress.stage("compiling", 360):
        progress.line("engine: podman")

    assert "engine: podman" in stream.getvalue()
    assert "✓ compiling, " in stream.getvalue()
    assert "✓ making the image, " in stream.getvalue()
    assert "\x1b[" in stream.getvalue()


def test_stages_in_several_threads_do_not_meet() -> None:
    """Downloads run at the same time as the compiler."""
    stream = io.StringIO()
    progress = Progress(stream)

    def work(title: str) -> None:
        with progress.stage(title):
            pass

    threads = [threading.Thread(target=work, args=(f"stage {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(line.startswith("✓") for line in stream.getvalue().splitlines()) == 8


def test_the_live_line_tells_of_the_usual_length_and_what_follows() -> None:
    """As long as it lasts."""
    assert Activity("compiling", 360, "the image", 0).line(65.3) == "compiling · 65 s of about 6 min · next: the image"
    assert Activity("compiling", None, "", 0).line(125) == "compiling · 2 min 05 s"


def test_plain_progress_keeps_nothing_of_finished_stages() -> None:
    """A run of many scenarios has many stages."""
    plain = Plain(io.StringIO())
    stage = Activity("compiling", None, "", 0)
    plain.began(stage)
    plain.ended(stage, 1, good=True)

    assert plain.running == {}
