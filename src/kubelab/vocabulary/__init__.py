"""The typed words of sentences, what a step definition says about itself, and the catalogue of all steps.

How a step is written (steps/*.py):

    from pytest_bdd import then, when
    from kubelab.scenario import Scenario
    from kubelab.vocabulary import by_hand, locks, parse, watches

    @when(parse("I delete {kind:Kind} {name:Name}"))
    @by_hand("kubectl delete {kind} {name}")
    def delete(lab: Scenario, kind: str, name: str) -> None:
        \"\"\"Deletes the object and does not wait for its end.\"\"\"
        lab.delete(kind, name)

    @then(parse("{kind:Kind} {name:Name} is rolled out"))
    @then(parse("{kind:Kind} {name:Name} is rolled out within {limit:Duration}"))
    @by_hand("kubectl rollout status {kind} {name}")
    @watches("ControllerRevision")
    def is_rolled_out(lab: Scenario, kind: str, name: str, limit: float | None = None) -> None:
        \"\"\"Every wanted replica runs the newest template and is ready.\"\"\"
        until(lab, rolled_out(kind, name), within=limit)
"""

from kubelab.vocabulary.catalogue import STEPS, Catalogue, Definition, catalogue, defined, step_modules
from kubelab.vocabulary.misfits import misfits
from kubelab.vocabulary.word_values import KindName, PlaceName
from kubelab.vocabulary.words import WORDS, Pair, Word, by_hand, checks, live, locks, parse, requires, watches

__all__ = [
    "STEPS",
    "WORDS",
    "Catalogue",
    "Definition",
    "KindName",
    "Pair",
    "PlaceName",
    "Word",
    "by_hand",
    "catalogue",
    "checks",
    "defined",
    "live",
    "locks",
    "misfits",
    "parse",
    "requires",
    "step_modules",
    "watches",
]
