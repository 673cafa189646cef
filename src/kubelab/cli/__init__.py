"""The `kubelab` command: finds the verb's module, runs it, prints trouble as plain text, and returns an exit code."""

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from kubelab.errors import SetupTrouble

VERBS = {
    "up": "find or make the kind cluster the labs run on",
    "down": "remove that cluster",
    "status": "show which cluster runs, its nodes and how to reach it",
    "logs": "write the logs of its nodes into a folder",
    "doctor": "check this machine, and print the command that puts each finding right",
    "steps": "search the sentences that a lab can say",
    "images": "show what runs for the images that labs name, and why",
    "image": "save, load or push images, so that one machine compiles for many",
    "exercises": "list the exercises, and which of them are done here",
    "start": "begin an exercise in a folder: its task, the files that it asks for",
    "check": "judge the files of an exercise on the cluster, once or at every save",
    "report": "make a page for a browser from the records of a run",
    "grade": "grade what the students of a class have handed in",
    "history": "tell what is flaky, broken, slow or stale, from the records of many runs",
}
"""Each verb and what it does; its module is kubelab.cli.<verb>."""

GOOD, USAGE, TROUBLE, INTERRUPTED = 0, 2, 3, 130
"""The exit codes; 1 is for a verb's own findings."""

HELP = """\
usage: kubelab VERB [OPTION…]

Kubernetes labs as feature files that run on a real cluster.

{verbs}

  kubelab VERB --help    what a verb does, what it touches, examples

First steps:
  kubelab doctor         is this machine ready?
  kubelab up             make the cluster (reused by every later run)
  pytest features/       run the labs
  kubelab exercises      or solve one: kubelab start NAME, kubelab check NAME

Exit codes: 0 done · 1 checked and found something wrong · 2 a word on the command line is wrong ·
            3 the machine or the cluster is in trouble (the text says what to do) · 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(HELP.format(verbs="\n".join(f"  {verb:<9} {what}" for verb, what in VERBS.items())))
        return GOOD
    if words[0] == "--version":
        return _version()
    if words[0] not in VERBS:
        print(f'kubelab has no verb "{words[0]}".{_nearest(words[0])}\nSee them: kubelab --help', file=sys.stderr)
        return USAGE
    return _run(words[0], words[1:])


def _run(verb: str, words: list[str]) -> int:
    signal.signal(signal.SIGTERM, _ended)
    module = importlib.import_module(f"kubelab.cli.{verb}")
    try:
        return _flushed(int(module.go(words)))
    except SetupTrouble as trouble:
        print(trouble, file=sys.stderr)
        return TROUBLE
    except BrokenPipeError:  # the reader has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as error:
        print(f"kubelab cannot go on: {error.filename or 'the machine'}: {error.strerror or error}", file=sys.stderr)
        return TROUBLE
    except KeyboardInterrupt:
        print("interrupted; nothing half-made is left behind", file=sys.stderr)
        return INTERRUPTED


def _flushed(code: int) -> int:
    sys.stdout.flush()
    return code


def _ended(number: int, _frame: object) -> NoReturn:
    """End by an exception, so that unfinished work is cleaned up."""
    raise SystemExit(128 + number)


def _nearest(word: str) -> str:
    import difflib  # noqa: PLC0415  (only a mistyped verb needs it)

    near = difflib.get_close_matches(word, VERBS, 1)
    return f' Did you mean "{near[0]}"?' if near else ""


def _version() -> int:
    from importlib.metadata import version  # noqa: PLC0415

    print(f"kubelab {version('kubelab')}")
    return GOOD
