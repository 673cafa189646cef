"""How and as whom an API server is reached: a context of a kubeconfig as kubernetes' Configuration, with its certificates and proxies."""

import copy
import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies

import urllib3

from kubelab.client import tls
from kubelab.errors import SetupTrouble

if TYPE_CHECKING:
    from kubernetes.client import ApiClient, Configuration

POOL = 16
"""Sockets that a connection keeps open at most."""


def of_context(kubeconfig: Path, context: str) -> "Configuration":
    """The configuration that a context of a kubeconfig stands for; SetupTrouble where it cannot be used."""
    from kubernetes.client import Configuration  # noqa: PLC0415  (0.4 s that `--help` and `--collect-only` must not pay)
    from kubernetes.config import ConfigException, load_kube_config  # noqa: PLC0415

    settings = Configuration()
    try:
        load_kube_config(str(kubeconfig), context, settings, persist_config=False)
    except (ConfigException, OSError, TypeError) as error:
        said = str(error).rstrip(".")
        raise SetupTrouble(
            f'The context "{context}" of {kubeconfig} cannot be used: {said}. See which there are: kubectl config get-contexts'
        ) from error
    settings.connection_pool_maxsize = POOL
    settings.no_proxy = ",".join(filter(None, [settings.no_proxy, *_past_the_proxy(settings.host, settings.proxy)]))
    return settings


def of_nobody(configuration: "Configuration") -> "Configuration":
    """The same server and its certificates, without anything that says who asks."""
    other = copy.copy(configuration)
    other.cert_file = other.key_file = other.username = other.password = other.refresh_api_key_hook = None
    return other


def api_client(configuration: "Configuration", pool: urllib3.PoolManager | None) -> "ApiClient":
    """The client that sends requests with that configuration, over the sockets of `pool` if given; SetupTrouble for bad certificates."""
    from kubernetes.client import ApiClient  # noqa: PLC0415

    made = ApiClient(configuration)
    if pool:
        made.rest_client.pool_manager = pool
        return made
    try:
        tls.share(made.rest_client.pool_manager)
    except OSError as error:
        raise SetupTrouble(
            f"The certificates of {configuration.host} cannot be used: {error}. Write the kubeconfig again: kubelab up"
        ) from error
    return made


def _past_the_proxy(server: str, proxy: str | None) -> list[str]:
    """Hosts for which a proxy of the environment is not used: an address of this machine or its networks is reached directly."""
    host = urlsplit(server).hostname or ""
    return [host] if proxy in getproxies().values() and _is_near(host) else []


def _is_near(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"
