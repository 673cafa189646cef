"""Kubelets' messages about images that were not pulled: real texts, from clusters and from reports."""

import pytest

from kubelab.observation.pull_failures import failure_of

RESOLVE = 'failed to pull and unpack image "docker.io/library/busybox:1.36": failed to resolve reference "docker.io/library/busybox:1.36": '
HEAD = 'failed to do request: Head "https://registry-1.docker.io/v2/library/busybox/manifests/1.36": '
COPY = 'failed to pull and unpack image "docker.io/library/busybox:1.36": failed to copy: httpReadSeeker: failed open: '
STATUS = "unexpected status code https://registry-1.docker.io/v2/library/busybox/manifests/sha256:50aa: "

PASSES = {
    f"{COPY}{STATUS}429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.": "too many requests",
    f"{RESOLVE}unexpected status from HEAD request to https://registry.k8s.io/v2/x/manifests/1: 429 Too Many Requests": "too many requests",
    "Error response from daemon: toomanyrequests: You have reached your pull rate limit.": "too many requests",
    f"{RESOLVE}{HEAD}dial tcp 10.89.0.1:9: connect: connection refused": "nothing listens at 10.89.0.1:9 (connection refused)",
    f"{RESOLVE}{HEAD}dial tcp 202.160.129.37:443: i/o timeout": "the registry does not answer in time",
    f"{RESOLVE}{HEAD}net/http: TLS handshake timeout": "the registry does not answer in time",
    f"{RESOLVE}{HEAD}context deadline exceeded": "the registry does not answer in time",
    f"{RESOLVE}{HEAD}dial tcp: lookup r.io on 127.0.0.11:53: server misbehaving": "the nodes' name server does not answer for r.io",
    f"{RESOLVE}{HEAD}dial tcp: lookup r.io: i/o timeout": "the nodes' name server does not answer for r.io",
    f"{RESOLVE}{HEAD}dial tcp [2600:1f18::1]:443: connect: network is unreachable": "the node has no route to the registry",
    f"{RESOLVE}unexpected status from HEAD request to http://10.89.0.1:5102/v2/x/manifests/1?ns=r: 503 Service Unavailable": "(503 S",
    f"{COPY}{STATUS}503 Service Unavailable": "the registry has trouble of its own (503 Service Unavailable)",
    f"{COPY}{STATUS}500 Internal Server Error - Server message: x": "the registry has trouble of its own (500 Internal Server Error)",
    f'{COPY}failed to do request: Get "https://production.cloudflare.docker.com/data?verify=16-5": EOF': "broke the connection off",
    f"{RESOLVE}{HEAD}read tcp 10.0.0.2:1->10.0.0.3:443: read: connection reset by peer": "the registry broke the connection off",
    "image pull failed for r.io/x because the registry is unavailable: x": "the registry cannot be reached",
}
LASTS = {
    f"{RESOLVE}{HEAD}dial tcp: lookup nohost.invalid on [fc00:f853:ccd:e793::1]:53: no such host": "there is no such host: nohost.invalid",
    f"{RESOLVE}{HEAD}tls: failed to verify certificate: x509: certificate signed by unknown authority": "certificate is not one that",
    f"{RESOLVE}{HEAD}tls: failed to verify certificate: x509: cannot validate certificate for 10.89.0.1": "the registry's certificate is",
    f"{RESOLVE}{HEAD}tls: first record does not look like a TLS handshake": "the registry speaks HTTP where the node asks by HTTPS",
    f"{RESOLVE}{HEAD}http: server gave HTTP response to HTTPS client": "the registry speaks HTTP where the node asks by HTTPS",
    f"{COPY}write /var/lib/containerd/x: no space left on device": "the node's disk is full",
}
KNOWS = {
    f"{RESOLVE}docker.io/library/busybox:1.36: not found": "there is no such image here, or no such tag of it",
    f'Back-off pulling image "busybox:1.36": ErrImagePull: {RESOLVE}docker.io/library/busybox:1.36: not found': "there is no such image",
    "Error response from daemon: manifest for nginx:9 not found: manifest unknown: manifest unknown": "there is no such image here",
    "reading manifest 9 in docker.io/library/nginx: manifest unknown": "there is no such image here",
    f"{RESOLVE}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: "
    "authorization failed": "without a login: there is no such image, or it is private",
    f"{RESOLVE}unexpected status from HEAD request to https://r.io/v2/x/manifests/1: 403 Forbidden": "without a login",
    f"{RESOLVE}unexpected status from HEAD request to http://10.89.0.1:5103/v2/x/manifests/1?ns=r.io: 401 Unauthorized": "without a login",
    f"{RESOLVE}failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized": "without a login",
    'failed to pull and unpack image "x/y:1": no match for platform in manifest: not found': "for the node's processor",
    'not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.1, '
    'please rebuild the image as "application/vnd.oci.image.manifest.v1+json"': "the node's containerd no longer reads",
}


@pytest.mark.parametrize(("message", "words"), PASSES.items())
def test_what_may_pass(message: str, words: str) -> None:
    """The kubelet tries again, and may succeed."""
    failure = failure_of(message)

    assert failure is not None
    assert words in failure.words
    assert (failure.passes, failure.knows) == (True, False)


@pytest.mark.parametrize(("message", "words"), LASTS.items())
def test_what_lasts(message: str, words: str) -> None:
    """It is unknown whether such an image exists, now or later."""
    failure = failure_of(message)

    assert failure is not None
    assert words in failure.words
    assert (failure.passes, failure.knows) == (False, False)


@pytest.mark.parametrize(("message", "words"), KNOWS.items())
def test_what_the_registry_knows(message: str, words: str) -> None:
    """The image's name is wrong."""
    failure = failure_of(message)

    assert failure is not None
    assert words in failure.words
    assert (failure.passes, failure.knows) == (False, True)


@pytest.mark.parametrize("message", ["", "Error: ErrImagePull", 'Back-off pulling image "nginx:9"', "a sad registry"])
def test_what_says_nothing(message: str) -> None:
    """Neither of these."""
    assert failure_of(message) is None


@pytest.mark.parametrize("name", ["r.io/unauthorized:429", "r.io/EOF/not found", "r.io/x509: /503 Service"])
def test_names_say_nothing(name: str) -> None:
    """Whatever words they contain."""
    assert failure_of(f'Back-off pulling image "{name}" of "https://{name}": hm') is None
