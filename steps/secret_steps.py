"""Secrets that a lab needs beforehand."""

from pytest_bdd import given

from kubelab.manifests import Document, tls_secret
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, parse


@given(parse("Secret {name:Name} holds a new certificate for {host:Name}"))
@by_hand(
    "openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.crt -subj /CN={host} -addext subjectAltName=DNS:{host}",
    "kubectl create secret tls {name} --cert=tls.crt --key=tls.key",
)
def make_certificate(lab: Scenario, name: str, host: str) -> None:
    """Makes a self-signed certificate and its key, valid for that host and for a day, and puts both into a Secret."""
    lab.apply([Document(tls_secret(name, host))])
