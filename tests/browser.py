"""A page in Debian's Chromium, driven through its DevTools pipe: no driver, no package."""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
KEYS = {
    "Enter": (13, "\r"),
    "Tab": (9, ""),
    "Escape": (27, ""),
    " ": (32, " "),
    "ArrowDown": (40, ""),
    "ArrowUp": (38, ""),
}
# Chromium reads what it is told from descriptor 3 and answers on 4.
_START = """
import fcntl, os, sys
told, answers = (fcntl.fcntl(int(fd), fcntl.F_DUPFD, 10) for fd in sys.argv[1:3])
os.dup2(told, 3)
os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--hide-scrollbars",
)
# A machine with much to do may take long to start it.
_PATIENCE = 120


def find_browser():
    """The path of a Chromium, ``None`` if there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One page of a browser of its own; ``requests`` are the addresses it asked for."""

    def __init__(self, path, folder):
        given, self._told = os.pipe()
        self._answers, answered = os.pipe()
        command = [sys.executable, "-c", _START, str(given), str(answered), path, *_FLAGS]
        self._process = subprocess.Popen(
            [*command, f"--user-data-dir={folder}"],
            pass_fds=(given, answered),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(given)
        os.close(answered)
        self._buffer = b""
        self._number = 0
        self._session = None
        self.requests = []
        self.complaints = []
        try:
            self._attach()
        except (AssertionError, OSError):
            self._end()
            raise

    def _attach(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def close(self):
        try:
            self._session = None
            self.call("Browser.close")
        finally:
            self._end()

    def _end(self):
        os.close(self._told)
        os.close(self._answers)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def call(self, method, **parameters):
        """What the browser answers."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._told, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != self._number:
            self._note(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def open(self, path, fragment=""):
        """Load the file anew and wait for it."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=f"{path.as_uri()}{fragment}")
        self.wait("document.readyState === 'complete'")

    def run(self, script):
        """The value of an expression in the page."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait(self, script):
        """Nothing, as soon as the expression is true; what isn't drawn yet is no error."""
        until = time.monotonic() + _PATIENCE
        while not self.run(
            f"(() => {{ try {{ return !!({script}); }} catch {{ return false; }} }})()"
        ):
            assert time.monotonic() < until, f"never true: {script}"
            time.sleep(0.02)

    def press(self, key):
        """A key pressed and released."""
        code, text = KEYS.get(key, (ord(key.upper()[0]), key))
        event = {"key": key, "windowsVirtualKeyCode": code}
        kind = "keyDown" if text else "rawKeyDown"
        self.call("Input.dispatchKeyEvent", type=kind, text=text, **event)
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def point(self, selector):
        """The mouse moved to the middle of an element."""
        box = self.run(
            f"(() => {{ const box = document.querySelector({selector!r}).getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])

    def look(self, width, height=900, *, dark=False, calm=False):
        """Another size and other wishes of who looks."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if calm else "no-preference"},
        ]
        self.call("Emulation.setEmulatedMedia", features=features)

    def picture(self):
        """What is seen, as a PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])

    def _note(self, event):
        method, values = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(values["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(values["exceptionDetails"])[:2000])
        elif method == "Log.entryAdded":
            self.complaints.append(values["entry"]["text"])

    def _read(self):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answers], [], [], _PATIENCE)
            piece = os.read(self._answers, 1 << 16) if ready else b""
            assert piece, "the browser is gone, or says nothing"
            self._buffer += piece
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)
