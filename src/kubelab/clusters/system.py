"""What runs on which operating system: everything on Linux, labs on macOS, and on Windows only what needs no cluster."""

import os
import sys
from pathlib import Path

from kubelab.errors import SetupTrouble

ON_WINDOWS = "Windows: feature files are checked here (pytest --collect-only), but labs run only in WSL"
"""What works on Windows, in words."""
REMEDY_ON_WINDOWS = "wsl --install, then install kubelab and run pytest in that Linux"
"""How to run labs on Windows."""
SAID = {
    "win32": ON_WINDOWS,
    "darwin": "macOS: labs run with Docker, or with podman and its machine; a node image of our own is built on Linux only",
}
"""What runs on each system other than Linux."""


def told(platform: str, release: Path = Path("/proc/sys/kernel/osrelease")) -> str:
    """The system's name, and what runs on it."""
    if platform == "linux":
        wsl = release.exists() and "microsoft" in release.read_text().lower()
        return "Linux in WSL: everything runs" if wsl else "Linux: everything runs"
    return SAID.get(platform, f"{platform}: not tested")


def refuse(platform: str = sys.platform) -> None:
    """SetupTrouble where no lab can run, with any cluster."""
    if platform == "win32":
        raise SetupTrouble(f"{ON_WINDOWS}.\nRun them there: {REMEDY_ON_WINDOWS}")


def root() -> bool:
    """Whether we are root; always False on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
