"""The catalogue: which definition a sentence means."""

import sys
from collections.abc import Callable

import pytest
from pytest_bdd import parsers
from pytest_bdd.steps import StepFunctionContext

from kubelab.vocabulary import Catalogue, Definition, by_hand, catalogue, checks, defined, locks, parse, step_modules, watches


@by_hand("kubectl get {kind} {name}", "kubectl wait --timeout={limit}")
@watches("Node")
@locks("nodes", "host {name}")
def step(kind: str, name: str) -> None:
    """Is there.

    More about it.
    """
    assert kind + name


def context(pattern: str | parsers.StepParser, type_: str | None = "then", function: Callable[..., object] = step) -> StepFunctionContext:
    """A definition as pytest-bdd stores it."""
    parser = parse(pattern) if isinstance(pattern, str) else pattern
    return StepFunctionContext(type_, function, parser)  # type: ignore[arg-type]


def of(*patterns: str | parsers.StepParser) -> Catalogue:
    """A catalogue of Then steps."""
    return defined((context(pattern), 0) for pattern in patterns)


def ambiguities(book: Catalogue) -> list[tuple[Definition, Definition]]:
    """Pairs of definitions of which the second matches the first one's example: one sentence, two meanings."""
    return [(one, other) for one in book for other in book.matching(one.example, one.type) if other.pattern != one.pattern]


def test_a_definition_knows_what_its_function_says() -> None:
    """Its line in the reference, what a person would type, which kinds it watches and what it locks."""
    [one] = of("{kind:Kind} {name:Name} is there within {limit:Duration}")
    sentence = 'Job "x" is there within 2 minutes'

    assert one.doc == "Is there."
    assert one.kinds(sentence) == {"Job", "Node"}
    assert one.locks(sentence) == {"nodes", "host x"}
    assert one.example == 'Deployment "web" is there within 30 seconds'


@pytest.mark.parametrize(
    ("sentence", "locked"),
    [
        ('port 30123 of every node answers "shop" from outside', {"node port 30123"}),
        ('I request "http://10.100.100.100/a" from Pod "client"', {"address 10.100.100.100"}),
        ('I keep requesting "http://10.100.100.100" from outside', {"address 10.100.100.100"}),
        ('I request "http://web.lab.svc.cluster.local:80" from Pod "client"', set()),
    ],
)
def test_where_any_scenario_may_answer_no_other_one_does(sentence: str, locked: set[str]) -> None:
    """A wrong port or address of a student would else be answered by somebody's right one."""
    [definition] = catalogue().matching(sentence)

    assert definition.locks(sentence) == locked


def test_a_sentence_finds_its_definition_by_text_and_type() -> None:
    """A Then is not a Given; a step without a type is both."""
    both, then = Definition(context("it is so", None)), Definition(context("it is {word:Word}"))
    book = Catalogue((both, then))

    assert book.matching("it is so", "given") == [both]
    assert book.matching("it is red", "then") == [then]
    assert book.matching("it is red", "given") == []
    assert book.matching("it is so", "then") == [both, then] or book.matching("it is so", "then") == [then, both]


def test_a_definition_has_words_of_its_sentence_checked() -> None:
    """By the checks that its function declares."""

    @checks(name=lambda said: "too short" if len(said) < 2 else "")
    def checked(name: str) -> None:
        assert name

    [one] = Catalogue((Definition(context("there is {name:Name}", function=checked)),))

    assert one.wrong('there is "a"') == ["too short"]
    assert one.wrong('there is "ab"') == []
    assert Definition(context("it is so")).wrong("it is so") == []


def test_the_closest_definition_counts() -> None:
    """A conftest's definition overrides ours, whatever its pattern."""
    far, near = Definition(context("it is {word:Word}"), 0), Definition(context("it {what}"), 1)

    assert Catalogue((far, near)).matching("it is so") == [near]


def test_expressions_are_found_too() -> None:
    """A conftest may define steps by regular expressions."""
    assert len(of(parsers.re(r"it (?:really )?is (?P<what>\w+)")).matching("it is so")) == 1
    assert len(of(parsers.cfparse("it is {what}")).matching("it is so")) == 1


def test_two_meanings_are_seen() -> None:
    """Each example must match only one."""
    book = of("it is {word:Word}", "it is first", "it was")

    assert [(one.pattern, other.pattern) for one, other in ambiguities(book)] == [
        ("it is {word:Word}", "it is first"),
        ("it is first", "it is {word:Word}"),
    ]


@pytest.mark.parametrize(
    ("sentence", "near"),
    [
        ('Pod "a" is their', 'Deployment "web" is there'),
        ("it has 7 pots", "it has 3 pods"),
    ],
)
def test_an_example_of_the_nearest_definition_is_suggested(sentence: str, near: str) -> None:
    """Names and numbers do not count for the similarity."""
    assert of("{kind:Kind} {name:Name} is there", "it has {count:Number} pods", "nothing of the kind").nearest(sentence)[0] == near


def test_our_own_vocabulary_has_one_meaning_for_each_sentence() -> None:
    """Every definition is documented, and matches its own example."""
    book = catalogue()

    assert ambiguities(book) == []
    for one in book:
        assert one.doc, one.pattern
        assert one.understands(one.example, one.type), one.pattern


def test_the_steps_of_a_module_that_was_imported_anew_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with several runs of pytest in one process."""
    before = [one.pattern for one in catalogue()]

    monkeypatch.delitem(sys.modules, step_modules()[0])

    assert sorted(one.pattern for one in catalogue()) == sorted(before)


LIVE = [
    ('I apply "web.yaml"', True),
    ('I apply "given.yaml"', False),
    ('I run the commands of "web.sh"', False),
    ('I run "kubectl get pods"', True),
    ('I run "kubectl delete pod web"', False),
    ('I try "kubectl get pods"', False),
    ('I delete Pod "web"', False),
    ('Pod "web" is ready within 1 minute', True),
    ('Deployment "web" has 2 ready pods', True),
    ('Pod "web" answers "hello" on port 80 from a node', True),
    ('Pod "web" answers "hello" on port 80 from Pod "client"', False),
    ('I request "http://web/" from outside', True),
    ("no Pod was created", False),
    ('throughout, Deployment "web" had at least 2 available pods', False),
    ('Deployment "web" is gone', False),
]


@pytest.mark.parametrize(("sentence", "is_live"), LIVE)
def test_some_sentences_only_read_what_is_there_now(sentence: str, *, is_live: bool) -> None:
    """Of the sentences that apply something, those that the student has done; none that looks back, or runs a command in a Pod."""
    [definition] = catalogue().matching(sentence)

    assert definition.is_live(sentence, ("web.yaml", "web.sh")) == is_live
