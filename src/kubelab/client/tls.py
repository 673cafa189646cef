"""One TLS context for all connections: reading the certificates for each one would be half the cost of starting a watch."""

import ssl

import urllib3
from urllib3.util.ssl_ import create_urllib3_context

AUTHORITY, CERTIFICATE = ("ca_certs", "ca_cert_data"), ("cert_file", "key_file")


def share(pool: urllib3.PoolManager) -> None:
    """Let a pool that was configured with certificate files make its connections from one context."""
    settings = pool.connection_pool_kw
    files, data = (settings.pop(key, None) for key in AUTHORITY)
    certificate, key = (settings.pop(key, None) for key in CERTIFICATE)
    context = create_urllib3_context()
    if settings.get("cert_reqs") == ssl.CERT_NONE:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if files or data:
        context.load_verify_locations(cafile=files, cadata=data)
    else:
        context.load_default_certs()
    if certificate:
        context.load_cert_chain(certificate, key)
    settings["ssl_context"] = context
