"""What kubectl printed, with the images named as the lab names them: the columns of tables stay aligned."""

import re
from itertools import pairwise

from kubelab.manifests import Images

TITLES = re.compile(r"[A-Z][A-Z()0-9/-]*(?: [A-Z()0-9/-]+)*")
"""A title of kubectl's tables: words in capitals, a single space apart."""
GAP = "   "
"""The gap between two columns."""


def named(printed: str, images: Images) -> str:
    """The same output; tables, which a blank line divides, are aligned again where a name in them changed."""
    return "\n\n".join(_named(block, images) for block in printed.split("\n\n"))


def _named(block: str, images: Images) -> str:
    text = images.says(block)
    header, *rows = block.splitlines() or [""]
    titles = list(TITLES.finditer(header))
    is_table = rows and len(titles) > 1 and GAP.join(match[0] for match in titles).split() == header.split()
    if text == block or not is_table:
        return text
    spans = list(pairwise([*(match.start() for match in titles), None]))
    cells = [[images.says(line[slice(*span)].strip()) for span in spans] for line in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    drawn = [GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join(drawn) + ("\n" if block.endswith("\n") else "")
