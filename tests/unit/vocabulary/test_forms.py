"""A sentence with a number has a singular and a plural form, each with and without a limit if it may have one."""

import re
from collections import defaultdict
from itertools import product

import pytest

from kubelab.vocabulary import Definition, catalogue

COUNTED = re.compile(r"\{(?:count|times):Number\}(?: \{phase:Phase\}| [a-z]+)*? (?:node|pod|time|Job|ReplicaSet|endpoint)(s?)\b")
"""A number and one of these words that it counts."""
LIMIT = " within {limit:Duration}"


def forms() -> dict[str, set[tuple[bool, bool]]]:
    """For each function whose sentences have a number: which of them are plural, and which have a limit."""
    found = defaultdict(set)
    for one in catalogue():
        if counted := COUNTED.search(one.pattern):
            found[f"{one.module.rpartition('.')[2]}.{one.function.__name__}"].add((bool(counted[1]), one.pattern.endswith(LIMIT)))
    return found


@pytest.mark.parametrize("function", sorted(forms()))
def test_each_sentence_that_counts_has_all_its_forms(function: str) -> None:
    """Two, or four if there may be a limit."""
    found = forms()[function]
    limits = {has_limit for _, has_limit in found}

    assert found == set(product([False, True], limits))
    assert False in limits


def test_sentences_that_count_are_found() -> None:
    """Including those with a limit."""
    limited = {function for function, found in forms().items() if any(has_limit for _, has_limit in found)}

    assert {"workload_steps.has_ready_pods", "service_steps.service_has_endpoints", "job_steps.has_jobs"} <= limited
    assert len(forms()) > 20


@pytest.mark.parametrize(
    "sentence",
    [
        'Deployment "web" has 1 ready pod within 30 seconds',
        'Service "web" has 1 endpoint',
        'Service "web" has 1 endpoint within 1 minute',
        'Deployment "web" keeps 1 pod for 10 seconds',
        'Deployment "web" keeps 2 ReplicaSets for 10 seconds',
        '1 pod of Deployment "web" runs on without an owner',
        'throughout, Deployment "web" had at least 1 available pod',
        'throughout, Deployment "web" had at most 2 unavailable pods',
        'the rules of every node lead Service "web" to 1 pod',
        'container "c" of Pod "web" has been throttled at least 1 time',
    ],
)
def test_a_sentence_of_one_or_of_several_means_one_thing(sentence: str) -> None:
    """The same as its other forms."""
    assert len(catalogue().matching(sentence, "then")) == 1


@pytest.mark.parametrize("one", [one for one in catalogue() if COUNTED.search(one.pattern)], ids=lambda one: one.pattern)
def test_the_example_of_a_sentence_counts_as_it_says(one: Definition) -> None:
    """So that a suggestion is good English."""
    counted = COUNTED.search(one.pattern)

    assert counted
    assert bool(re.search(r"\b1 (?!minute)", one.example)) != bool(counted[1])
