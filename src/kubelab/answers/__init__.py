"""What a Pod, a node, or this machine outside the cluster answers to requests and commands."""
