"""Certificates for labs: made when they are needed, self-signed, and valid for one host."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

LIFE = timedelta(days=1)


def tls_secret(name: str, host: str) -> dict[str, Any]:
    """A Secret of type kubernetes.io/tls with a fresh key and a certificate whose subjectAltName is the host (RFC 6125)."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415  (only a lab with TLS needs it)
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    pems = {
        "tls.crt": _signed(key, host).public_bytes(Encoding.PEM),
        "tls.key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    }
    data = {field: base64.b64encode(pem).decode() for field, pem in pems.items()}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "type": "kubernetes.io/tls", "data": data}


def _signed(key: Any, host: str) -> Any:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415

    who, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)]), datetime.now(UTC)
    builder = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number(), now - timedelta(minutes=5), now + LIFE)
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    return builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
