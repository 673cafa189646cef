"""The step reference is fresh, whole, and can be searched."""

import json
from pathlib import Path

import pytest

from kubelab.authoring import reference
from kubelab.cli import main
from kubelab.vocabulary import catalogue

ROOT = Path(__file__).parents[2]


def test_the_reference_in_docs_is_fresh() -> None:
    """docs/steps.md is what the definitions say now; write it anew: kubelab steps --markdown > docs/steps.md."""
    assert (ROOT / "docs" / "steps.md").read_text(encoding="utf-8") == reference.markdown(catalogue())


def test_the_reference_explains_the_star() -> None:
    """A sentence of any keyword is listed with it."""
    head, _, rest = reference.markdown(catalogue()).partition("## ")

    assert "one with `*` may come after any of them" in head
    assert "| `* I apply {file:File}` |" in rest


def test_every_step_says_what_it_means() -> None:
    """No definition is without a docstring."""
    assert [one.pattern for one in catalogue() if not one.doc] == []


def test_steps_are_found_by_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    """All words must be spoken of, in the sentence, its meaning or its command; capitals do not count."""
    assert main(["steps", "REPLACEMENT", "node", "--json"]) == 0

    (found,) = json.loads(capsys.readouterr().out)
    assert found["sentences"][0] == "Then a replacement appears on the same node"


def test_steps_that_nobody_knows_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1, and the text tells where to look."""
    assert main(["steps", "unicorn"]) == 1
    assert "No sentence speaks of unicorn. See all: kubelab steps" in capsys.readouterr().err


def test_steps_print_as_text_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """The same commands in both."""
    assert main(["steps", "replacement"]) == 0
    assert main(["steps", "--markdown"]) == 0

    assert capsys.readouterr().out.count("kubectl get pods -o wide --watch") == 2
