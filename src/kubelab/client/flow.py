"""Any JSON value on one line, as a person writes it in YAML: `{cpu: 500m, ports: [80]}`."""

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

PLAIN = re.compile(r"-?[\w./][\w./@+=%-]*(?:[: ][\w./@+=%-]+)*")
"""A string whose characters need no quotes."""


def flow(value: Any) -> str:
    """The value in YAML's flow style; a string that YAML would read as something else is quoted."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if value is None or isinstance(value, bool | int | float) else str(value)


def _is_plain(text: str) -> bool:
    return PLAIN.fullmatch(text) is not None and not text.startswith("...") and not _means_more(text)


def _means_more(text: str) -> bool:
    """Whether YAML would read it as a number, a boolean, null or a date."""
    return any(pattern.match(text) for _, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], ()))
