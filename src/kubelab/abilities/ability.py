"""The abilities of clusters: a step says with `requires` which of them its cluster must have."""

from enum import Enum


class Ability(Enum):
    """Something that not every cluster can do; its value completes the sentence "the cluster cannot …"."""

    NODES = "show its nodes"
    SEVERAL = "show another node beside a chosen one"
    WORKER = "give Pods to a worker node"
    WORKERS = "give Pods to two worker nodes"
    CONTROL_PLANE = "show a control plane without Pods"
    LABELS = "have its nodes labelled"
    PROGRAMS = "run programs on its nodes"
    STOPS = "have a node stopped"
    OUTSIDE = "be reached at its nodes' addresses"
    INGRESS = "have the labs' ingress controller installed"
    BALANCER = "have MetalLB installed"
