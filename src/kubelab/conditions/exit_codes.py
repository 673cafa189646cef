"""What a container's exit code means, as shells and container runtimes use them."""

from kubelab.client.objects import Object, at

KILLED = 137
MEANINGS = {
    126: "the command is there but cannot be run",
    127: "command not found",
    128: "the container could not be started",
    KILLED: "killed (SIGKILL)",
    139: "it crashed with a memory fault (SIGSEGV)",
    143: "it was asked to end (SIGTERM)",
}


def exit_in_words(ended: Object) -> str:
    """`exit code 127: command not found`, for a state `terminated`; `exit code 1` where the meaning depends on the program."""
    code = at(ended, "exitCode", default="unknown")
    meaning = "killed, it used more memory than its limit" if at(ended, "reason") == "OOMKilled" else MEANINGS.get(code, "")
    return f"exit code {code}{f': {meaning}' if meaning else ''}"
