"""Finds, makes, repairs and removes the cluster a run needs: one of our own, or the one a kubeconfig context names."""

from collections.abc import Callable, Mapping

from kubelab.clusters.existing import Existing
from kubelab.clusters.kind import Kind
from kubelab.clusters.provider import Capabilities, Cluster, Provider
from kubelab.clusters.settings import Settings
from kubelab.errors import SetupTrouble

__all__ = ["MAKERS", "Capabilities", "Cluster", "Provider", "Settings", "maker", "provider"]

MAKERS: Mapping[str, Callable[[Settings], Provider]] = {"kind": Kind}
"""The providers that make clusters, by the name that the setting `provider` has."""


def provider(settings: Settings) -> Provider:
    """The way to the cluster that the settings name: an existing one where they name a context, else one that is made."""
    return Existing(settings) if settings.context else maker(settings)


def maker(settings: Settings) -> Provider:
    """The provider that makes the cluster; SetupTrouble for a name that is not among them."""
    if settings.provider not in MAKERS:
        raise SetupTrouble(f'There is no provider "{settings.provider}" (lab_provider, KUBELAB_PROVIDER). There is: {", ".join(MAKERS)}')
    return MAKERS[settings.provider](settings)
