"""Finds, creates, repairs and removes the cluster that a run needs: one of our own, or the one of a kubeconfig context."""

from collections.abc import Callable, Mapping

from kubelab.clusters.existing import ExistingProvider
from kubelab.clusters.kind import KindProvider
from kubelab.clusters.provider import Capabilities, Cluster, Provider
from kubelab.clusters.settings import Settings
from kubelab.errors import SetupTrouble

__all__ = ["MAKERS", "Capabilities", "Cluster", "Provider", "Settings", "maker", "provider"]

MAKERS: Mapping[str, Callable[[Settings], Provider]] = {"kind": KindProvider}
"""The providers that create clusters, by their name in the setting `provider`."""


def provider(settings: Settings) -> Provider:
    """The provider for these settings: that of an existing cluster if they name a context, else one that creates a cluster."""
    return ExistingProvider(settings) if settings.context else maker(settings)


def maker(settings: Settings) -> Provider:
    """The provider that creates the cluster; SetupTrouble for an unknown name."""
    if settings.provider not in MAKERS:
        raise SetupTrouble(f'There is no provider "{settings.provider}" (lab_provider, KUBELAB_PROVIDER). There is: {", ".join(MAKERS)}')
    return MAKERS[settings.provider](settings)
