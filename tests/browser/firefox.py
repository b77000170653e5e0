"""Stock Firefox by WebDriver BiDi (W3C), in a few calls: no driver program, no patched build.

Playwright drives only a Firefox of its own patching, and its trial of BiDi asks for commands that the
Firefox of Debian does not know yet. What these tests need of the protocol fits on one page.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from tests.browser.waiting import until
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from websockets.sync.client import ClientConnection

NAMES = ("firefox-esr", "firefox")
# A reader's Firefox, but quiet: no first page, no updates, no asking home; sound without a press is
# forbidden, as it is for everyone.
PREFERENCES: dict[str, bool | int | str] = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.translations.enable": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.prefs.recommended": True,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
# Keys by their code points in WebDriver (https://www.w3.org/TR/webdriver2/#keyboard-actions).
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "ArrowRight": "\ue014", "Space": " "}


def find_firefox() -> str:
    """The program, or "" where there is none; FIREFOX names another."""
    named = os.environ.get("FIREFOX", "")
    return named or next((found for name in NAMES if (found := shutil.which(name))), "")


@contextmanager
def running_firefox(
    profile: Path, preferences: Mapping[str, bool | int | str] | None = None
) -> Iterator[Firefox]:
    """One Firefox with a profile of its own in this new folder, and a session over its socket."""
    program = find_firefox()
    assert program, "Firefox is missing; scripts/setup test installs it or says how"
    chosen = PREFERENCES | dict(preferences or {})
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in chosen.items()]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    said = profile / "said.txt"
    with said.open("w") as file:
        process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"],
            stdout=subprocess.DEVNULL,
            stderr=file,
            env=os.environ | {"HOME": str(profile)},
        )
    try:
        with connect(f"{_address(said)}/session", max_size=None, open_timeout=30) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait(30)


def _address(said: Path) -> str:
    """Where it listens, as it says itself; a busy machine needs its time for the first start."""
    for _ in range(600):
        found = re.search(r"WebDriver BiDi listening on (ws://\S+)", said.read_text("utf-8", "replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"Firefox did not start: {said.read_text('utf-8', 'replace')}")


class Firefox:
    """A session with a Firefox that runs."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []
        self._last = 0
        told = self.call("session.new", capabilities={})
        self.version: str = told["capabilities"]["browserVersion"]
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command; its result. Events that come meanwhile are kept in ``events``."""
        self._last += 1
        self.socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            told: dict[str, Any] = json.loads(self.socket.recv(timeout=60))
            if told.get("type") == "event":
                self.events.append(told)
            elif told.get("id") == self._last:
                assert told["type"] == "success", f"{method}: {told.get('message')}"
                result: dict[str, Any] = told["result"]
                return result

    def new_tab(self, *, width: int = 1280, height: int = 800) -> Tab:
        """A tab with cookies and storage of its own."""
        user = self.call("browser.createUserContext")["userContext"]
        context = self.call("browsingContext.create", type="tab", userContext=user)["context"]
        tab = Tab(self, context, user)
        self.call("browsingContext.setViewport", context=context, viewport={"width": width, "height": height})
        return tab


class Tab:
    """A page."""

    def __init__(self, browser: Firefox, context: str, user: str) -> None:
        self.browser = browser
        self.context = context
        self.user = user

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.browser.call("browser.removeUserContext", userContext=self.user)

    def goto(self, url: str) -> None:
        self.browser.call("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What this function of the page returns, carried as JSON."""
        given = ",".join(json.dumps(each) for each in arguments)
        told = self.browser.call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({function})({given})) ?? null))()",
            target={"context": self.context},
            awaitPromise=True,
            userActivation=False,
        )
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"]["value"])

    def until(self, function: str, *arguments: Any, seconds: float = 15) -> Any:
        """What the function returns, once that is something."""
        return until(partial(self.evaluate, function, *arguments), seconds=seconds)

    def press(self, *keys: str) -> None:
        """Keys as a reader presses them, one after the other."""
        actions = []
        for key in keys:
            value = KEYS.get(key, key)
            actions += [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        self._perform({"type": "key", "id": "keyboard", "actions": actions})

    def click(self, name: str) -> None:
        """Click the first thing on show that bears this name, in any of our shadow roots."""
        self.click_at(self.until(FIND, name))

    def click_at(self, box: dict[str, float]) -> None:
        """Click into the middle of a rectangle of the window."""
        middle = {"x": round(box["x"] + box["width"] / 2), "y": round(box["y"] + box["height"] / 2)}
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._perform(
            {"type": "pointer", "id": "mouse", "actions": [{"type": "pointerMove", **middle}, down, up]}
        )

    def _perform(self, source: dict[str, Any]) -> None:
        self.browser.call("input.performActions", context=self.context, actions=[source])


# A control by its name: its label, else its text without what is only for machines.
FIND = """(name) => {
  const walk = (root) => {
    for (const node of root.querySelectorAll('*')) {
      const inner = node.shadowRoot && walk(node.shadowRoot);
      if (inner) return inner;
      if (!node.matches('button,summary,a[href],label')) continue;
      const told = (node.getAttribute('aria-label') ?? node.textContent).replace(/\\s+/g, ' ').trim();
      if (!told.startsWith(name) || !node.getClientRects().length) continue;
      node.scrollIntoView({ block: 'center', behavior: 'instant' });
      return node.getBoundingClientRect().toJSON();
    }
    return null;
  };
  return walk(document);
}"""
