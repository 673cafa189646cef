"""`kubelab report`: makes the page of kept records again, without a cluster."""

from collections.abc import Sequence
from pathlib import Path

from kubelab.cli.arguments import parser

ABOUT = """\
Make one page for a browser from the records below a folder, which runs of pytest have kept there with --lab-record:
every chapter and lab, each scenario with its sentences and waits, and a picture of what its Pods did meanwhile. The page
needs no network and no cluster, and can be sent as it is. A run writes the same page at its end:
pytest features/ --lab-report report.html

What it touches: FILE alone. The same records always make the same bytes.

examples:
  kubelab report records/
  kubelab report records/ --to week3.html
  kubelab report nightly/                     of several runs, as nightly/1.33/ and nightly/1.34/
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("report", ABOUT, name=False)
    form.add_argument("folder", metavar="DIR", type=Path, help="a folder with records, in whatever folders below it")
    form.add_argument("--to", metavar="FILE", type=Path, default=Path("report.html"), help="the page to write (default: report.html)")
    arguments = form.parse_args(words)

    from kubelab import reports  # noqa: PLC0415  (not needed for --help)
    from kubelab.records import record_files  # noqa: PLC0415

    records = list(record_files.in_folder(arguments.folder))
    reports.write(records, arguments.to)
    print(f"{arguments.to}   {len(records)} scenario{'s' if len(records) != 1 else ''}: open it in a browser")
    return 0
