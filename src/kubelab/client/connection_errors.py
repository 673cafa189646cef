"""The errors of connections that are not made or break, in few words."""

import urllib3

ERRORS = (urllib3.exceptions.HTTPError, OSError)
"""What is raised where a server does not answer."""


def cause(error: BaseException) -> str:
    """The innermost reason of a connection error, in few words."""
    inner = getattr(error, "reason", None)
    if isinstance(inner, BaseException):
        return cause(inner)
    text = str(error.args[-1]) if error.args else str(error)
    return text.rsplit("object at", maxsplit=1)[-1].partition(">: ")[2] or text
