"""Every setting of the plugin, by its name on the command line, in the environment and in the settings file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One setting: `--lab-context`, `KUBELAB_CONTEXT` and the key `lab_context`; without a flag only the latter two.

    An underscore in the name is a dash in the flag. With words as its default it is a list of words, separated as in a shell.
    Without a metavar its flag takes no value, and elsewhere it is on or off.
    """

    name: str
    help: str
    flag: bool = True
    metavar: str = "VALUE"
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its key in the settings file, and its name in the parsed command line."""
        return f"lab_{self.name}"

    @property
    def switch(self) -> str:
        """Its flag on the command line."""
        return switch(self.name)

    @property
    def variable(self) -> str:
        """Its environment variable."""
        return f"KUBELAB_{self.name.upper()}"


def switch(name: str) -> str:
    """The flag of an option of that name."""
    return f"--lab-{name.replace('_', '-')}"


FILES = Option("files", "which feature files are labs: patterns as for python_files (*.feature)", flag=False, words=("*.feature",))
"""Which files are collected."""

OPTIONS = (
    Option("context", "use this kubeconfig context instead of the kind cluster; nothing else is ever touched", metavar="NAME"),
    Option("keep", "leave namespaces behind to look at: failed, all or none (the default)", metavar="WHICH"),
    Option("patience", "multiply every limit, for slow machines: 2.0", metavar="FACTOR"),
    Option("evidence", "write the evidence of each failure into this folder", metavar="DIR"),
    Option("record", "keep what each scenario did in this folder: a file of JSON each, from which reports are made", metavar="DIR"),
    Option("report", "write a page for a browser at the end: every scenario, its waits, and what its Pods did", metavar="FILE"),
    Option("timeline", "print the timeline of scenarios that pass, too", metavar=""),
    Option("images", "a file of images for those that labs name; none: as labs name them; own: our node image's", metavar="FILE"),
    Option("manifest_limit", "the largest manifest in MB, and the most documents in thousands; 1 by default", metavar="SIZE"),
    Option("allow", "the most that Pods may ask for: privileged, for labs tagged so (the default), or baseline", metavar="LEVEL"),
    Option("contain", "required: run labs only where the API server keeps them in their namespaces; auto (the default)", metavar="HOW"),
    Option("solutions", "where the files are that students write for exercises: a folder, or a list of submissions", metavar="DIR"),
    Option("score", "write a line of JSON for each objective of an exercise into this file", metavar="FILE"),
    Option("namespace", "judge exercises tagged @live by what runs in this namespace already, and change nothing", metavar="NAME"),
    FILES,
    Option("name", "the name of the kind cluster (kubelab)", flag=False),
    Option("provider", "who makes the cluster (kind)", flag=False),
    Option("kubernetes", "the Kubernetes version of a new kind cluster", flag=False),
    Option("workers", "the number of worker nodes of a new kind cluster", flag=False),
    Option("mirror", "a registry that the nodes of a new kind cluster ask first for every image: its URL", flag=False),
)
"""Every setting of the plugin."""
