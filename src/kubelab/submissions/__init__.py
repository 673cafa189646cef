"""Submissions: whose they are, the files that an exercise asks for, copied out of whatever was handed in, and what is refused of them."""

from kubelab.submissions.guard import guard
from kubelab.submissions.inspection import inspected
from kubelab.submissions.sources import Place, Source, students
from kubelab.submissions.submission import Asked, Submission, read

__all__ = ["Asked", "Place", "Source", "Submission", "guard", "inspected", "read", "students"]
