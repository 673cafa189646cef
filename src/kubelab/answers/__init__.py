"""What a place says when it is asked: a Pod, a node, or this machine outside the cluster."""
