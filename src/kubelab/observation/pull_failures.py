"""Why a kubelet could not pull an image, in plain words: a fault of the image, the registry or the way there, and what helps.

The texts are those of containerd 1.7 and 2, of CRI-O and Docker, and of the registries behind them; the first that fits counts.
"""

import re
from dataclasses import dataclass, replace

LATER = "Run it again when the registry answers, or name a mirror with --lab-images."
REACH = "See whether the nodes reach it, or name a mirror that they reach with --lab-images."
NAME = "Check the image's name and tag."
NAMES = re.compile(r'https?://\S+?(?=:? |$)|"[^"]*/[^"]*"')
"""Names of images and places in a message: the words in them do not tell why the pull failed."""


@dataclass(frozen=True)
class PullFailure:
    """Why an image could not be pulled, in words, and what helps.

    `passes`: the kubelet may get it when it tries again. `knows`: the registry has answered about this image, so that its name is wrong.
    """

    words: str
    remedy: str
    passes: bool = False
    knows: bool = False


def failure_of(message: str) -> PullFailure | None:
    """What a kubelet's message says, None for an unknown message, such as that it will try again."""
    plain = NAMES.sub(" ", message)
    for pattern, failure in _TABLE:
        if found := re.search(pattern, plain):
            return replace(failure, words=found.expand(failure.words))
    return None


_TABLE = (
    (
        r"429 Too Many|toomanyrequests",
        PullFailure(
            "too many requests: the registry limits how often it may be asked (429)",
            "Log in to it on the nodes, or name a mirror with --lab-images.",
            passes=True,
        ),
    ),
    (
        r"lookup ([^\s:]+)(?: on \S+)?: no such host",
        PullFailure(r"there is no such host: \1", f"Check the registry's name and the nodes' name server. {REACH}"),
    ),
    (r"lookup ([^\s:]+)", PullFailure(r"the nodes' name server does not answer for \1", REACH, passes=True)),
    (r"dial tcp (\S+): (?:connect: )?connection refused", PullFailure(r"nothing listens at \1 (connection refused)", REACH, passes=True)),
    (r"no route to host|network is unreachable", PullFailure("the node has no route to the registry", REACH, passes=True)),
    (
        r"x509: |failed to verify certificate",
        PullFailure("the registry's certificate is not one that the node trusts", f"Give the nodes its CA. {REACH}"),
    ),
    (
        r"server gave HTTP response to HTTPS client|does not look like a TLS handshake",
        PullFailure("the registry speaks HTTP where the node asks by HTTPS", "Say http:// for it in the nodes' certs.d."),
    ),
    (
        r"i/o timeout|deadline exceeded|TLS handshake timeout|Client\.Timeout|request canceled",
        PullFailure("the registry does not answer in time", LATER, passes=True),
    ),
    (r"\b(5\d\d [A-Z][A-Za-z ]*[a-z])", PullFailure(r"the registry has trouble of its own (\1)", LATER, passes=True)),
    (r"registry is unavailable", PullFailure("the registry cannot be reached", LATER, passes=True)),
    (r"connection reset|broken pipe|\bEOF\b", PullFailure("the registry broke the connection off", LATER, passes=True)),
    (r"no space left on device", PullFailure("the node's disk is full", "Make room on it, or recreate the cluster: kubelab up --fresh")),
    (r"no match for platform", PullFailure("there is no image of that name for the node's processor", NAME, knows=True)),
    (
        r"media type +is no longer supported",
        PullFailure("its format is one that the node's containerd no longer reads", "Take a newer image.", knows=True),
    ),
    (
        r"access denied|is denied|insufficient_scope|unauthorized|40[13] (?:Unauthorized|Forbidden)|authentication required",
        PullFailure("the registry does not give it without a login: there is no such image, or it is private", NAME, knows=True),
    ),
    (r"not found|manifest unknown|name unknown", PullFailure("there is no such image here, or no such tag of it", NAME, knows=True)),
)
