"""kubelab's tests: unit (no cluster), plugin (pytest inside pytest), cluster (a real kind cluster)."""
