"""What a cluster can do for labs: checked before a scenario begins, so that it is skipped, with the reason, where the cluster cannot."""

from kubelab.abilities.ability import Ability
from kubelab.abilities.cluster import lacking, told, too_few_workers
from kubelab.abilities.customs import Customs
from kubelab.abilities.rights import Right, in_words, notes, require
from kubelab.abilities.summary import summary

__all__ = ["Ability", "Customs", "Right", "in_words", "lacking", "notes", "require", "summary", "told", "too_few_workers"]
