"""The pytest plugin: collects feature files, provides a cluster, gives each scenario a namespace, and tells failures from errors."""

pytest_plugins = (
    "kubelab.plugin.options",
    "kubelab.plugin.labs",
    "kubelab.plugin.collection",
    "kubelab.plugin.bound",
    "kubelab.plugin.session",
    "kubelab.plugin.fixtures",
    "kubelab.plugin.reporting",
    "kubelab.plugin.scores",
    "kubelab.plugin.checking",
)
