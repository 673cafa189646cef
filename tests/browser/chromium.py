"""A headless Chromium, controlled over a pipe by the DevTools protocol: only the browser itself is needed."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COMMAND = 'exec chromium --headless=new --no-sandbox --disable-gpu --remote-debugging-pipe --user-data-dir="$1" 3<&0 4>&1 0</dev/null 1>&2'
"""Chromium reads its requests from 3 and answers on 4."""


@dataclass
class Page:
    """A page in it; `said` has the browser's events."""

    process: "subprocess.Popen[bytes]"
    session: str = ""
    number: int = 0
    said: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, **parameters: Any) -> Any:
        """One request and its answer."""
        assert self.process.stdin
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters, **({"sessionId": self.session} if self.session else {})}
        self.process.stdin.write(json.dumps(request).encode() + b"\0")
        self.process.stdin.flush()
        while (answer := self._next()).get("id") != self.number:
            self.said.append(answer)
        assert "error" not in answer, answer
        return answer["result"]

    def wait_for(self, method: str) -> None:
        """Wait until the browser sends that event."""
        while not any(one.get("method") == method for one in self.said):
            self.said.append(self._next())

    def open(self, file: Path) -> None:
        """Open a file, and wait until it is loaded."""
        self.said.clear()
        self.ask("Page.navigate", url=file.as_uri())
        self.wait_for("Page.loadEventFired")

    def value(self, script: str) -> Any:
        """The value of a JavaScript expression in the page."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode={"Tab": 9, "Escape": 27}[key])

    def type(self, text: str) -> None:
        """Type text into the focused element."""
        self.ask("Input.insertText", text=text)

    def width(self, pixels: int) -> None:
        """Set the width, to that of a phone for instance."""
        self.ask("Emulation.setDeviceMetricsOverride", width=pixels, height=800, deviceScaleFactor=1, mobile=pixels < 500)

    def _next(self) -> dict[str, Any]:
        assert self.process.stdout
        text = bytearray()
        while (byte := self.process.stdout.read(1)) != b"\0":
            assert byte, "chromium has ended: is it installed? apt-get install chromium"
            text += byte
        found: dict[str, Any] = json.loads(text)
        return found


@contextmanager
def page(home: Path) -> Iterator[Page]:
    """An empty page; its browser ends with the block, and stores its files below `home`."""
    words = ["bash", "-c", COMMAND, "chromium", str(home / "profile")]
    environment = {**os.environ, "HOME": str(home)}
    with (
        (home / "chromium.log").open("wb") as log,
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment) as process,
    ):
        try:
            made = Page(process)
            target = made.ask("Target.createTarget", url="about:blank")["targetId"]
            made.session = made.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Network", "Log"):
                made.ask(f"{domain}.enable")
            yield made
        finally:
            process.terminate()
