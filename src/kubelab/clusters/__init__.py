"""Finds, makes, mends and removes the cluster a run needs: a kind cluster of our own, or the one a kubeconfig context names."""

from kubelab.clusters.existing import Existing
from kubelab.clusters.kind import Kind
from kubelab.clusters.provider import Cluster, Provider
from kubelab.clusters.settings import Settings

__all__ = ["Cluster", "Provider", "Settings", "provider"]


def provider(settings: Settings) -> Provider:
    """The way to the cluster that the settings name: `existing` where they name a context, else `kind`."""
    return Existing(settings) if settings.context else Kind(settings)
