"""Words in the wrong form, in sentences that would otherwise be known."""

import pytest

from kubelab.vocabulary import Catalogue, catalogue, misfits


@pytest.fixture(scope="module")
def steps() -> Catalogue:
    """The catalogue of our own steps."""
    return catalogue()


@pytest.mark.parametrize(
    ("type_", "text", "wrong"),
    [
        ("then", 'Pod "web" has label "app"', '"app" is not a label in quotes, as key=value: write it as in "app=web"'),
        ("then", 'Pod "web" has label "app=-x"', '"app=-x" is not a label in quotes, as key=value: write it as in "app=web"'),
        (
            "then",
            'Pod "web" has no label "app=web"',
            '"app=web" is not the key of a label in quotes, without a value: write it as in "app"',
        ),
        ("then", 'Pod "web" has annotation "icon"', '"icon" is not an annotation in quotes, as key=value: write it as in "team=blue"'),
        (
            "then",
            'the answer has the header "Location"',
            '"Location" is not a header in quotes, as Name: value: write it as in "Location: /app"',
        ),
        ("then", "Pod web is ready", 'web is not a name in quotes, without spaces: write it as in "web"'),
        ("then", 'Deployment "web" has three ready pods', "three is not a whole number: write it as in 3"),
        ("then", 'Pod "web" is ready within 30s', "30s is not a length of time with its unit: write it as in 30 seconds"),
        ("then", 'pod "web" has label "a=b"', "pod is not a kind, spelled as Kubernetes spells it: write it as in Deployment"),
        (
            "then",
            'CronJob "mail" is due every day at 09:00',
            (
                'every day at 09:00 is not a recurrence, whose time of day names its zone, UTC or in "Asia/Seoul":'
                " write it as in every Saturday at 05:00 UTC"
            ),
        ),
        ("given", 'I label a worker node "disktype"', '"disktype" is not a label in quotes, as key=value: write it as in "app=web"'),
    ],
)
def test_the_wrong_word_and_its_right_form_are_told(steps: Catalogue, type_: str, text: str, wrong: str) -> None:
    """For the intended sentence."""
    assert steps.matching(text, type_) == []
    assert wrong in misfits(steps, text, type_)


@pytest.mark.parametrize("text", ['Pod "web" is ready', "the moon is full", 'Pod "web" is redy'])
def test_a_sentence_that_is_right_or_quite_another_has_no_wrong_word(steps: Catalogue, text: str) -> None:
    """For the latter, the nearest sentences help more."""
    assert misfits(steps, text, "then") == []
