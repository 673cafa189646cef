"""One TLS context for all connections."""

import json
import ssl
from pathlib import Path

import pytest
import urllib3

from kubelab.client import Client, tls
from kubelab.errors import SetupTrouble
from tests.unit.fake_api import kubeconfig


def test_the_files_are_read_once() -> None:
    """The pool has a context instead of them; without files the system's certificate authorities are used."""
    pool = urllib3.PoolManager(cert_reqs=ssl.CERT_REQUIRED, ca_certs=None, cert_file=None, key_file=None)

    tls.share(pool)

    assert pool.connection_pool_kw["ssl_context"].verify_mode == ssl.CERT_REQUIRED
    assert "ca_certs" not in pool.connection_pool_kw


def test_no_verification_when_none_is_wanted() -> None:
    """As the kubeconfig's insecure-skip-tls-verify says."""
    pool = urllib3.PoolManager(cert_reqs=ssl.CERT_NONE)

    tls.share(pool)

    context = pool.connection_pool_kw["ssl_context"]
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_NONE, False)


def test_a_broken_certificate_is_trouble(tmp_path: Path) -> None:
    """Found when the client is made, with the remedy."""
    file = kubeconfig(tmp_path, "https://127.0.0.1:6443")
    config = json.loads(file.read_text())
    config["users"][0]["user"] = {"client-certificate-data": "eA==", "client-key-data": "eA=="}
    file.write_text(json.dumps(config))

    with pytest.raises(SetupTrouble, match=r"certificates of https://127\.0\.0\.1:6443 cannot be used: .*kubelab up"):
        Client(file, "fake")
