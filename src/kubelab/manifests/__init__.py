"""Manifests: find them, read them with line numbers, put them in order, and replace the images that the lab names."""

from kubelab.manifests.advice import broken
from kubelab.manifests.certificates import tls_secret
from kubelab.manifests.composer import LIMITS, Limits
from kubelab.manifests.documents import Document, fragment, held, meant, ordered, parse, read, text
from kubelab.manifests.image_substitution import Images, said, substituted, substituted_text
from kubelab.manifests.loader import Loader, strange
from kubelab.manifests.lookup import Solution, find, folders, solution_of
from kubelab.manifests.needed_alone import needed_alone, needed_by
from kubelab.manifests.reach import OWNABLE, is_named_after, is_own, named_after, refuse_others, spelled
from kubelab.manifests.refused import privileged_hint, told
from kubelab.manifests.sizes import requesting
from kubelab.manifests.volume_claims import claims_storage

__all__ = [
    "LIMITS",
    "OWNABLE",
    "Document",
    "Images",
    "Limits",
    "Loader",
    "Solution",
    "broken",
    "claims_storage",
    "find",
    "folders",
    "fragment",
    "held",
    "is_named_after",
    "is_own",
    "meant",
    "named_after",
    "needed_alone",
    "needed_by",
    "ordered",
    "parse",
    "privileged_hint",
    "read",
    "refuse_others",
    "requesting",
    "said",
    "solution_of",
    "spelled",
    "strange",
    "substituted",
    "substituted_text",
    "text",
    "tls_secret",
    "told",
]
