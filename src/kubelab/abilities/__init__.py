"""What a cluster can do for labs: asked of it before a scenario begins, so that what it cannot do is skipped with the reason."""

from kubelab.abilities.ability import Ability
from kubelab.abilities.cluster import lacking, told, too_few_workers
from kubelab.abilities.customs import Customs
from kubelab.abilities.rights import Right, in_words, notes, require
from kubelab.abilities.summary import summary

__all__ = ["Ability", "Customs", "Right", "in_words", "lacking", "notes", "require", "summary", "told", "too_few_workers"]
