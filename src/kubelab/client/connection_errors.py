"""The errors of connections that are not made or break, in few words."""

import re

import urllib3

ERRORS = (urllib3.exceptions.HTTPError, OSError)
"""What is raised where a server does not answer."""
OBJECT = re.compile(r"^.*?(?:object at \w+>|Connection(?:Pool)?\(host=\S+, port=\w+\)): ")
"""The Python object with which urllib3 begins."""


def cause(error: BaseException) -> str:
    """The innermost reason of a connection error, in few words."""
    inner = getattr(error, "reason", None)
    if isinstance(inner, BaseException):
        return cause(inner)
    if isinstance(error, urllib3.exceptions.NewConnectionError) and isinstance(error.__cause__, OSError):
        return str(error.__cause__.strerror or error.__cause__)
    return OBJECT.sub("", str(error.args[-1]) if error.args else str(error))
