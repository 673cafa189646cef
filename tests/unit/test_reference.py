"""The step reference is up to date, complete, and can be searched."""

import json
import re
from pathlib import Path

import pytest

from kubelab.authoring import reference
from kubelab.cli import main
from kubelab.vocabulary import catalogue

ROOT = Path(__file__).parents[2]


def test_the_reference_in_docs_is_fresh() -> None:
    """docs/steps.md matches the definitions; update it by: kubelab steps --markdown > docs/steps.md."""
    assert (ROOT / "docs" / "steps.md").read_text(encoding="utf-8") == reference.markdown(catalogue())


def test_the_reference_explains_the_star() -> None:
    """A sentence for any keyword is listed with it."""
    head, _, rest = reference.markdown(catalogue()).partition("## ")

    assert "one with `*` may come after any of them" in head
    assert "| `* I apply {file:File}` |" in rest


def test_every_step_says_what_it_means() -> None:
    """Every definition has a docstring."""
    assert [one.pattern for one in catalogue() if not one.doc] == []


def test_steps_are_found_by_their_words(capsys: pytest.CaptureFixture[str]) -> None:
    """All words must occur, in the sentence, its meaning or its command, in any case."""
    assert main(["steps", "REPLACEMENT", "node", "--json"]) == 0

    (found,) = json.loads(capsys.readouterr().out)
    assert found["sentences"][0] == "Then a replacement appears on the same node"


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The first sentence of each step that has these words."""
    assert main(["steps", *words, "--json"]) == 0
    return [one["sentences"][0] for one in json.loads(capsys.readouterr().out)]


def test_the_closest_steps_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Those with the words side by side, and the short ones among these."""
    first, *others = found(capsys, "ready", "pods")

    assert first == "* {kind:Kind} {name:Name} has {count:Number} ready pod"
    assert "Then Pod {name:Name} has {ready:Number} of {count:Number} containers ready" in others


def test_a_kind_finds_what_can_be_said_of_any_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """In any case; the other words must still occur."""
    sentences = found(capsys, "DaemonSet", "node")

    assert "Then {kind:Kind} {name:Name} has one ready pod on every worker node" in sentences
    assert "* {kind:Kind} {name:Name} has {count:Number} ready pod" not in sentences
    assert found(capsys, "daemonset", "node") == sentences


def test_a_sentence_that_names_the_kind_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Before sentences for any kind."""
    first, *_, last = found(capsys, "Deployment")

    assert "Deployment" in first
    assert "Deployment" not in last


@pytest.mark.parametrize("page", ["docs/students.md", "README.md"])
def test_words_that_a_page_looks_for_are_found(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The examples of `kubelab steps` on the pages."""
    searches = re.findall(r"kubelab steps ([A-Za-z ]+)[\n`]", (ROOT / page).read_text(encoding="utf-8"))

    assert searches
    assert all(found(capsys, *words.split()) for words in searches)


def test_an_unsuccessful_search_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1, and the text says where to look."""
    assert main(["steps", "unicorn"]) == 1
    assert "No sentence speaks of unicorn. See all: kubelab steps" in capsys.readouterr().err


def test_steps_print_as_text_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """The same commands in both."""
    assert main(["steps", "replacement"]) == 0
    assert main(["steps", "--markdown"]) == 0

    assert capsys.readouterr().out.count("kubectl get pods -o wide --watch") == 2
