"""What only a shell would read in a command: no shell reads the commands of labs, so it is refused with what to write instead."""

import re

QUOTED = re.compile(r"""\\.|'[^']*'|"(?:[^"\\]|\\.)*\"""", re.DOTALL)
"""A character or words that a shell takes as they are."""
SYNTAX = re.compile(r"\$\(|`|&&|\|\||\||>>|>|<|;|&")
GREP = re.compile(r"grep((?: -\S+)*) (\S+)")
PRINTED = "Run the command alone, and say in the next step what it prints, as in"
KEPT = 'What a command prints is kept for the next step, as in\n    Then the output shows "…"\n    And I apply the output'
SEPARATE = 'Each command has a step of its own, as in\n    And I run "{}"'
WAITING = 'Nothing runs in the background: let a sentence wait for what happens, as in\n    Then Deployment "web" is rolled out'
INNER = "Write out what the inner command would print, such as a name."


def misuse(line: str) -> str:
    """Why the command needs a shell, and what to write instead; "" where it needs none."""
    found = SYNTAX.search(bare(line))
    if not found:
        return ""
    why = f'"{found[0]}" needs a shell, and labs run commands without one; between single quotes it is an ordinary character'
    return f"{why}. {_instead(found[0], line[found.end() :].strip())}"


def syntax(line: str) -> str:
    """The first thing in the line that needs a shell; "" where nothing does."""
    found = SYNTAX.search(bare(line))
    return found[0] if found else ""


def bare(line: str) -> str:
    """The line with all that is quoted struck out: as long as the line, so that a place in it is a place in the line."""
    return QUOTED.sub(lambda match: "_" * len(match[0]), line)


def _instead(syntax: str, after: str) -> str:
    """What to write for the syntax and the rest of the line after it."""
    if syntax == "|":
        return _piped(after)
    if syntax == "<":
        return f'Name the file, as in\n    When I apply "{after.partition(" ")[0] or "web.yaml"}"'
    if syntax in {"&&", "||", ";"}:
        return SEPARATE.format(after.replace('"', r"\"") or "kubectl get pods")
    return {"&": WAITING, ">": KEPT, ">>": KEPT}.get(syntax, INNER)


def _piped(into: str) -> str:
    if into.startswith("kubectl apply"):
        return f"{PRINTED}\n    And I apply the output"
    if into.startswith("wc"):
        return 'Count by a sentence about what there is, as in\n    Then Deployment "web" has 3 pods'
    grep = GREP.match(into)
    says = "does not show" if grep and "v" in grep[1] else "shows"
    word = grep[2].strip("\"'") if grep else "…"
    return f'{PRINTED}\n    Then the output {says} "{word}"'
