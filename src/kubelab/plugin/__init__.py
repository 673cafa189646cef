"""The pytest plugin: collects feature files, provides a cluster, gives each scenario a namespace, and tells failures from errors."""

pytest_plugins = (
    "kubelab.plugin.options",
    "kubelab.plugin.labs",
    "kubelab.plugin.collection",
    "kubelab.plugin.pytest_bdd_scenarios",
    "kubelab.plugin.session",
    "kubelab.plugin.fixtures",
    "kubelab.plugin.narration",
    "kubelab.plugin.live",
    "kubelab.plugin.reporting",
    "kubelab.plugin.wait_summary",
    "kubelab.plugin.scores",
    "kubelab.plugin.recording",
    "kubelab.plugin.printed_timelines",
    "kubelab.plugin.report_file",
    "kubelab.plugin.checking",
)
