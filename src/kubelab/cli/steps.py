"""`kubelab steps`: searches the sentences that a lab can say."""

import sys
from collections.abc import Sequence

from kubelab.cli.arguments import parser

ABOUT = """\
Show the sentences that have all the WORDS in them, in their meaning or in their command (every sentence, without words): what each means,
and what a person would type instead. Changes nothing and needs no cluster. Exit code 1 when no sentence matches.

examples:
  kubelab steps ready
  kubelab steps DaemonSet node
  kubelab steps --markdown > docs/steps.md
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("steps", ABOUT, name=False)
    form.add_argument("words", nargs="*", metavar="WORDS", help="words that the sentence, its meaning or its command must have")
    form.add_argument("--json", action="store_true", help="print them as JSON")
    form.add_argument("--markdown", action="store_true", help="print the whole reference as Markdown")
    arguments = form.parse_args(words)

    from kubelab.authoring import reference  # noqa: PLC0415  (not needed for --help)
    from kubelab.vocabulary import catalogue  # noqa: PLC0415

    if arguments.markdown:
        print(reference.markdown(catalogue()), end="")
        return 0
    found = reference.entries(catalogue(), arguments.words)
    if not found:
        print(f"No sentence speaks of {' and '.join(arguments.words)}. See all: kubelab steps", file=sys.stderr)
        return 1
    print(reference.as_json(found) if arguments.json else reference.as_text(found))
    return 0
