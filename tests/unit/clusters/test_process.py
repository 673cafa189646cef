"""Other programs, run for real: a shell is on every machine."""

import os

import pytest

from kubelab.clusters.process import NOT_FOUND, TIMED_OUT, must, run
from kubelab.errors import SetupTrouble


def test_output_has_the_code_and_both_streams() -> None:
    """Standard input is the given text, or empty."""
    output = run(["sh", "-c", "cat; echo oh >&2; exit 3"], stdin="hello")

    assert (output.code, output.out, output.err, output.good) == (3, "hello", "oh\n", False)


def test_a_program_that_is_not_there_is_an_output_too() -> None:
    """As in a shell."""
    assert run(["no-such-program-at-all"]).code == NOT_FOUND


def test_at_its_time_limit_a_program_is_ended_with_its_children() -> None:
    """The grandchild would hold the pipe open for a minute."""
    output = run(["sh", "-c", "echo begun; sleep 60 & wait"], timeout=2)

    assert output.code == TIMED_OUT
    assert output.out == "begun\n"
    assert "ended after 2 s" in output.err


def test_where_there_are_no_process_groups_the_program_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.delattr(os, "killpg")

    assert run(["sleep", "60"], timeout=0.3).code == TIMED_OUT


def test_the_caller_gets_the_process_group() -> None:
    """It leads a session of its own, so that Ctrl-C reaches only us."""
    told: list[int] = []
    output = run(["sh", "-c", "ps -o pgid= -p $$"], started=told.append)

    assert output.out.split() == [str(told[0])]
    assert told[0] != os.getpgid(0)


def test_what_must_succeed_says_what_failed_and_the_remedy() -> None:
    """With the command, its exit code and its last output."""
    with pytest.raises(SetupTrouble) as trouble:
        must(["sh", "-c", "echo no room >&2; exit 5"], "The list could not be read", "Free some disk")

    lines = str(trouble.value).splitlines()
    assert lines[0] == "The list could not be read: exit code 5 of"
    assert lines[2:] == ["  | no room", "Free some disk"]
