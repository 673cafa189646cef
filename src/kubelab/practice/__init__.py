"""A student's own work: a folder to begin an exercise in, its check on the cluster, and a check at every save."""
