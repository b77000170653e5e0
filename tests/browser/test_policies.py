"""Content-Security-Policy in a real Chromium: the widget works or is cleanly absent, and nothing is reported.

Thirteen policies and more, each on three frameworks, each sent by the app below the middleware. Every
violation counts, enforced or reported: the page asks for all of them before its first script.
"""

from __future__ import annotations

import importlib
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.waiting import until

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "examples" / "frameworks"
FRAMEWORKS = ["starlette", "django", "quart"]
CSP, REPORT = b"content-security-policy", b"content-security-policy-report-only"
NONCE = b"bm9uY2U="
SELF = b"default-src 'self'"
EXTEND = {"csp": "extend"}
# name -> headers, whether the widget is there, and settings.
POLICIES: dict[str, tuple[list[tuple[bytes, bytes]], bool, dict[str, Any]]] = {
    "none": ([], True, {}),
    "self": ([(CSP, b"default-src 'self'")], True, {}),
    "each directive": (
        [
            (
                CSP,
                b"default-src 'none'; script-src 'self'; connect-src 'self'; media-src 'self'",
            )
        ],
        True,
        {},
    ),
    "no media": ([(CSP, SELF + b"; media-src 'none'; font-src 'none'; img-src 'none'")], True, {}),
    "nonce": ([(CSP, b"script-src 'nonce-%b'" % NONCE)], True, {}),
    "nonce and strict-dynamic": (
        [(CSP, b"script-src 'nonce-%b' 'strict-dynamic' https: 'unsafe-inline'" % NONCE)],
        True,
        {},
    ),
    "two policies": (
        [(CSP, b"script-src 'self' 'unsafe-inline'"), (CSP, b"script-src 'nonce-%b'" % NONCE)],
        True,
        {},
    ),
    "strict-dynamic without nonce": ([(CSP, b"script-src 'strict-dynamic' 'self'")], False, {}),
    "strict-dynamic, extended": ([(CSP, b"script-src 'strict-dynamic' 'self'")], True, EXTEND),
    "default-src strict, extended": (
        [(CSP, b"default-src 'self' 'strict-dynamic'")],
        True,
        {"csp": "extend"},
    ),
    "script none": ([(CSP, b"script-src 'none'")], False, {}),
    "other host": ([(CSP, b"script-src https://cdn.example")], False, EXTEND),
    "no connection": ([(CSP, b"default-src 'self'; connect-src 'none'")], False, {}),
    "trusted types": ([(CSP, b"require-trusted-types-for 'script'; trusted-types 'none'")], True, {}),
    "report only": ([(REPORT, b"script-src 'none'; report-uri /csp")], False, {}),
    "report only, allowed": ([(REPORT, b"default-src 'self'; report-uri /csp")], True, {}),
    "sandbox": ([(CSP, b"sandbox allow-same-origin")], False, {}),
    "sandbox with scripts": ([(CSP, b"sandbox allow-scripts allow-same-origin")], True, {}),
    "integrity policy": ([(b"integrity-policy", b"blocked-destinations=(script)")], False, {}),
    "embedder policy": (
        [
            (b"cross-origin-embedder-policy", b"require-corp"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ],
        True,
        {},
    ),
    "by host": (
        [(CSP, b"script-src 127.0.0.1:*; connect-src http://127.0.0.1:*; style-src 'none'")],
        True,
        {},
    ),
    "with integrity": ([(CSP, b"default-src 'self'")], True, {"integrity": True}),
}
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.disposition}`));
"""


class Headers:
    """Adds headers to the answers of an app, as the portal's own middleware would."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers: list[tuple[bytes, bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *self.headers]}
            await send(message)

        await self.app(scope, receive, adding)


@pytest.fixture(scope="module", params=FRAMEWORKS)
def portal(request: pytest.FixtureRequest) -> Iterator[ASGIApp]:
    """The framework's own app of our example."""
    sys.path.insert(0, str(EXAMPLES))
    try:
        yield importlib.import_module(f"with_{request.param}").app.app
    finally:
        sys.path.remove(str(EXAMPLES))


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[[], Page]]:
    contexts: list[BrowserContext] = []

    def open_page() -> Page:
        contexts.append(chromium.new_context())
        page = contexts[-1].new_page()
        page.add_init_script(WATCH)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """One tab for all policies, as to open one each takes as long as the rest; and what it reports."""
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(_told(message)) if message.type == "error" else None)
    yield page, faults
    context.close()


@pytest.mark.hazard(41, 42, 43, 45, 47, 48)
@pytest.mark.parametrize("name", POLICIES)
def test_the_widget_works_or_is_cleanly_absent(
    portal: ASGIApp, serve: Callable[..., str], tab: tuple[Page, list[str]], name: str
) -> None:
    headers, works, options = POLICIES[name]
    inner = Headers(portal)
    inner.headers = headers
    address = serve(ReadablePortal(inner, engine="browser", **options), lifespan="off")
    page, faults = tab
    # Each address is new, but cookies are shared by all ports of a machine.
    page.context.clear_cookies()
    faults.clear()
    page.goto(f"{address}/tin-tuc/1")
    if works:
        wait_for_the_bar(page)
        use(page)
    else:
        # No script of ours stands in the page, so none can come later.
        assert page.locator("script[data-readable-portal]").count() == 0
        assert page.locator("readable-toolbar").count() == 0
    # A sandbox without scripts cannot even count.
    if name != "sandbox":
        assert page.evaluate("window.violations") == []
    # No connection keeps the server from ending.
    page.goto("about:blank")
    assert [fault for fault in faults if "favicon" not in fault] == []


def wait_for_the_bar(page: Page) -> None:
    """Playwright's own waiting evaluates strings in the page, which a policy rightly reports."""
    until(lambda: page.evaluate("Boolean(document.querySelector('readable-toolbar')?.reading)"))


def _told(message: ConsoleMessage) -> str:
    return f"{message.text} {message.location['url']}"


def use(page: Page) -> None:
    """Open what the bar loads when asked, so that every kind of part is fetched under the policy."""
    page.get_by_role("button", name="Chữ lớn hơn").click()
    for label, panel in {"Tóm tắt": "summary", "Hiển thị": "display"}.items():
        button = page.get_by_role("button", name=label).first
        if button.count():
            button.click()
            within = (
                f"document.querySelector('readable-toolbar').shadowRoot.querySelector('readable-{panel}')"
            )
            # What the element fetches is there when it says something else than that it loads.
            shown = (
                f"Boolean({within}?.shadowRoot.querySelector('select, li, p:last-child'))"
                f" && !{within}.shadowRoot.textContent.includes('Đang tải')"
            )
            until(partial(page.evaluate, shown))


@pytest.mark.hazard(43)
def test_what_a_policy_bars_is_not_tried(
    portal: ASGIApp, serve: Callable[..., str], browse: Callable[[], Page]
) -> None:
    """No audio and no font may be fetched: Listen reads by the device's voice, or says it has none."""
    inner = Headers(portal)
    inner.headers = [(CSP, SELF + b"; media-src 'none'; font-src 'none'")]
    page = browse()
    page.add_init_script("document.cookie = 'readable=font=lexend&size=150'")
    page.goto(serve(ReadablePortal(inner), lifespan="off") + "/tin-tuc/1")
    wait_for_the_bar(page)
    page.get_by_role("button", name="Nghe").first.click()
    page.locator("readable-player .note:not(:empty)").wait_for()
    assert page.evaluate("window.violations") == []


@pytest.mark.hazard(17, 20)
def test_a_body_that_is_swapped_leaves_one_bar(
    portal: ASGIApp, serve: Callable[..., str], browse: Callable[[], Page]
) -> None:
    """What htmx boost and Turbo do: a new body in the old document, our script in it once more."""
    address = serve(ReadablePortal(portal, engine="browser"), lifespan="off")
    page = browse()
    page.goto(f"{address}/tin-tuc/1")
    wait_for_the_bar(page)
    page.evaluate(
        """async () => {
          const text = await (await fetch("/tin-tuc/2")).text();
          const next = new DOMParser().parseFromString(text, "text/html");
          history.pushState({}, "", "/tin-tuc/2");
          document.body.replaceWith(next.body);
          const script = document.createElement("script");
          const given = next.querySelector("script[data-readable-portal]");
          for (const each of given.attributes) script.setAttribute(each.name, each.value);
          document.head.append(script);
        }"""
    )
    wait_for_the_bar(page)
    page.wait_for_timeout(500)
    assert page.locator("readable-toolbar").count() == 1
    assert json.dumps(page.evaluate("window.violations")) == "[]"
