"""The verbs of kubectl 1.34 to 1.37 that labs may use, each with its allowed flags: what is not here is refused.

Flags are written much as in `kubectl VERB --help`: "output|o=" is --output or -o with a value, "all" is a switch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

PLACE = "namespace|n= all-namespaces|A "
"""Where to work; of these, a scenario may name its own and a few more."""
GENERAL = "help|h request-timeout= v|v= warnings-as-errors "
PRINTED = "output|o= template= allow-missing-template-keys show-managed-fields "
CHOSEN = "filename|f= selector|l= "
REHEARSED = "dry-run field-manager= "
SAVED = PRINTED + REHEARSED + "save-config "
MADE = SAVED + "validate "
DELETED = "cascade force grace-period= timeout= wait "


@dataclass(frozen=True)
class Verb:
    """What may follow a verb: its flags, further words (`under`), and a container's `inner` command after `--`.

    `reads` says that it changes nothing; `lacks` are flags of kubectl that labs may not use, for their short forms.
    """

    flags: str = ""
    under: Mapping[str, "Verb"] = field(default_factory=dict)
    place: str = PLACE
    lacks: str = ""
    reads: bool = False
    inner: bool = False

    @cached_property
    def valued(self) -> Mapping[str, bool]:
        """The long names of its flags, and whether each takes the next word for its value."""
        return {flag.name: flag.valued for flag in _flags(self.place, GENERAL, self.flags)}

    @cached_property
    def short(self) -> Mapping[str, str]:
        """The letters of its flags, also of those that it `lacks`, and their long names."""
        return {flag.letter: flag.name for flag in _flags(LACKING, self.place, GENERAL, self.lacks, self.flags) if flag.letter}


@dataclass(frozen=True)
class _Flag:
    name: str
    letter: str
    valued: bool


def _flags(*texts: str) -> list[_Flag]:
    return [_Flag(*word.rstrip("=").partition("|")[::2], word.endswith("=")) for text in texts for word in text.split()]


LACKING = "server|s= kustomize|k= recursive|R namespace|n= all-namespaces|A "
"""Flags of most verbs that labs may not use."""
CHANGED = PRINTED + REHEARSED + CHOSEN + "all local record "

_SERVICE_ACCOUNT = Verb(PRINTED + REHEARSED + "filename|f= all local record")
_MADE = Verb(MADE)
_SECRET = {
    "docker-registry": Verb(MADE + "append-hash docker-email= docker-password= docker-server= docker-username="),
    "generic": Verb(MADE + "append-hash from-literal= type="),
    "tls": Verb(MADE + "append-hash"),
}
_SERVICE = {
    "clusterip": Verb(MADE + "clusterip= tcp="),
    "externalname": Verb(MADE + "external-name= tcp="),
    "loadbalancer": Verb(MADE + "tcp="),
    "nodeport": Verb(MADE + "node-port= tcp="),
}
_CREATE = {
    "clusterrole": Verb(MADE + "aggregation-rule= non-resource-url= resource= resource-name= verb="),
    "clusterrolebinding": Verb(MADE + "clusterrole= group= serviceaccount= user="),
    "configmap": Verb(MADE + "append-hash from-literal="),
    "cronjob": Verb(MADE + "image= restart= schedule=", inner=True),
    "deployment": Verb(MADE + "image= port= replicas|r=", inner=True),
    "ingress": Verb(MADE + "annotation= class= default-backend= rule="),
    "job": Verb(MADE + "from= image=", inner=True),
    "namespace": _MADE,
    "poddisruptionbudget": Verb(MADE + "max-unavailable= min-available= selector="),
    "priorityclass": Verb(MADE + "description= global-default preemption-policy= value="),
    "quota": Verb(MADE + "hard= scopes="),
    "role": Verb(MADE + "resource= resource-name= verb="),
    "rolebinding": Verb(MADE + "clusterrole= group= role= serviceaccount= user="),
    "secret": Verb(under=_SECRET),
    "service": Verb(under=_SERVICE),
    "serviceaccount": _MADE,
}
_SHORT = {
    "cj": "cronjob",
    "cm": "configmap",
    "deploy": "deployment",
    "ing": "ingress",
    "ns": "namespace",
    "pc": "priorityclass",
    "pdb": "poddisruptionbudget",
    "resourcequota": "quota",
    "sa": "serviceaccount",
    "svc": "service",
}
_ROLLOUT = Verb(PRINTED + CHOSEN + "field-manager=")
_TOP = "no-headers selector|l= sort-by= use-protocol-buffers show-swap "
_TOP_NODE = Verb(_TOP + "show-capacity", reads=True)
_TOP_POD = Verb(_TOP + "containers field-selector= sum", reads=True)
_CONFIG = Verb(place="")

CONFIG = "config"
"""The verb whose words, also --namespace, are about the kubeconfig: it works on the scenario's own copy."""

VERBS: Mapping[str, Verb] = {
    "annotate": Verb(CHANGED + "field-selector= list overwrite resource-version="),
    "api-resources": Verb("api-group= cached categories= namespaced no-headers output|o= sort-by= verbs= show-managed-fields", reads=True),
    "api-versions": Verb(reads=True),
    "apply": Verb(
        PRINTED + REHEARSED + CHOSEN + DELETED + "validate force-conflicts openapi-patch overwrite record server-side subresource=",
        {"view-last-applied": Verb(CHOSEN + "all output|o=", reads=True)},
    ),
    "auth": Verb(
        under={
            "can-i": Verb("list no-headers quiet|q subresource=", reads=True),
            "whoami": Verb(PRINTED, reads=True),
        }
    ),
    "autoscale": Verb(SAVED + "filename|f= cpu= cpu-percent= max= memory= min= name= record"),
    CONFIG: Verb(
        under={
            "current-context": _CONFIG,
            "delete-context": _CONFIG,
            "get-contexts": Verb("no-headers output|o=", place=""),
            "rename-context": _CONFIG,
            "set-context": Verb("cluster= current namespace= user=", place=""),
            "use-context": _CONFIG,
            "use": _CONFIG,
            "view": Verb(PRINTED + "flatten minify", place=""),
        },
        place="",
    ),
    "create": Verb(MADE + CHOSEN + "record", {**_CREATE, **{short: _CREATE[name] for short, name in _SHORT.items()}}),
    "delete": Verb(CHOSEN + DELETED + "all dry-run field-selector= ignore-not-found now output|o=", lacks="interactive|i"),
    "describe": Verb(CHOSEN + "chunk-size= show-events", reads=True),
    "diff": Verb(CHOSEN + "concurrency= field-manager= force-conflicts server-side show-managed-fields", reads=True),
    "events": Verb(PRINTED + "chunk-size= for= no-headers types=", lacks="watch|w", reads=True),
    "exec": Verb("container|c= pod-running-timeout= quiet|q stdin|i tty|t", lacks="filename|f=", inner=True),
    "explain": Verb("api-version= max-depth= output|o= recursive|R", reads=True),
    "expose": Verb(
        SAVED + "filename|f= cluster-ip= external-ip= labels|l= load-balancer-ip= name= overrides= port= protocol= record "
        "selector= session-affinity= target-port= type="
    ),
    "get": Verb(
        PRINTED + CHOSEN + "chunk-size= field-selector= ignore-not-found label-columns|L= no-headers server-print show-kind show-labels "
        "sort-by= subresource=",
        lacks="watch|w",
        reads=True,
    ),
    "label": Verb(CHANGED + "field-selector= list overwrite resource-version="),
    "logs": Verb(
        "all-containers all-pods container|c= ignore-errors limit-bytes= max-log-requests= pod-running-timeout= prefix previous|p "
        "selector|l= since= since-time= tail= timestamps",
        lacks="follow|f",
        reads=True,
    ),
    "patch": Verb(PRINTED + REHEARSED + "filename|f= local patch|p= record subresource= type="),
    "replace": Verb(MADE + DELETED + "filename|f= record subresource="),
    "rollout": Verb(
        under={
            "history": Verb(PRINTED + CHOSEN + "revision=", reads=True),
            "pause": _ROLLOUT,
            "restart": _ROLLOUT,
            "resume": _ROLLOUT,
            "status": Verb(CHOSEN + "revision= timeout= watch|w", reads=True),
            "undo": Verb(PRINTED + CHOSEN + "dry-run to-revision="),
        }
    ),
    "run": Verb(
        SAVED + "annotations= command env= expose image= image-pull-policy= labels|l= overrides= pod-running-timeout= port= "
        "privileged quiet|q record restart= timeout=",
        lacks="filename|f= stdin|i tty|t",
        inner=True,
    ),
    "scale": Verb(PRINTED + CHOSEN + "all current-replicas= dry-run record replicas= resource-version= timeout="),
    "set": Verb(
        under={
            "env": Verb(CHANGED + "containers|c= env|e= from= keys= list overwrite prefix= resolve"),
            "image": Verb(CHANGED),
            "resources": Verb(CHANGED + "containers|c= limits= requests="),
            "selector": Verb(PRINTED + REHEARSED + "filename|f= all local record resource-version="),
            "serviceaccount": _SERVICE_ACCOUNT,
            "sa": _SERVICE_ACCOUNT,
            "subject": Verb(CHANGED + "group= serviceaccount= user="),
        }
    ),
    "top": Verb(under={"node": _TOP_NODE, "nodes": _TOP_NODE, "no": _TOP_NODE, "pod": _TOP_POD, "pods": _TOP_POD, "po": _TOP_POD}),
    "version": Verb("client output|o=", reads=True),
    "wait": Verb(PRINTED + CHOSEN + "all field-selector= for= local timeout=", reads=True),
}
