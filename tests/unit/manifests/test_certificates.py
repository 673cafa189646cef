"""Certificates that a lab creates for itself."""

import base64
import ssl
from pathlib import Path

from cryptography import x509

from kubelab.manifests import tls_secret


def test_a_certificate_is_for_its_host_and_belongs_to_its_key(tmp_path: Path) -> None:
    """With the host as subjectAltName: clients no longer use the common name."""
    secret = tls_secret("tls-secret", "node2.example.com")
    for field, text in secret["data"].items():
        (tmp_path / field).write_bytes(base64.b64decode(text))

    found = x509.load_pem_x509_certificate((tmp_path / "tls.crt").read_bytes())

    assert (secret["kind"], secret["type"], secret["metadata"]) == ("Secret", "kubernetes.io/tls", {"name": "tls-secret"})
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["node2.example.com"]
    # Raises if key and certificate do not belong together.
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tmp_path / "tls.crt", tmp_path / "tls.key")
