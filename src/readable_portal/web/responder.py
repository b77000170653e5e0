"""Carries one response from the app to the server, and puts our two pieces into it if it may.

The start of the response is held until the page's head has ended, then everything held goes out message
by message and the rest passes untouched. Nothing of the app's is changed in place; every message that is
not ours to change goes on as the very object the app sent. Whatever goes wrong in here, the held messages
go out as the app sent them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from readable_portal.http import headers as header_lists
from readable_portal.http import policy
from readable_portal.http.head import Head, HeadScanner
from readable_portal.http.selection import TELLING, XHTML, page_type, unfit, unreadable_charset
from readable_portal.http.splice import Insertion, cut, spliced
from readable_portal.http.xhtml import XhtmlScanner
from readable_portal.metrics import PAGES
from readable_portal.web.snippet import LOADER, loader_integrity

if TYPE_CHECKING:
    from starlette.types import Message, Scope, Send

    from readable_portal.http.headers import Headers
    from readable_portal.http.validators import Asked, Suffix
    from readable_portal.settings import Settings
    from readable_portal.web.failures import Failures
    from readable_portal.web.snippet import Snippet

__all__ = ["Plan", "Responder", "Workshop"]

# What to send now, what to hold on to, and whether everything after it just passes.
Step = tuple[list[Any], list[Any], bool]

START = "http.response.start"
BODY = "http.response.body"
NO_TERMS = policy.Terms()


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all responses share; it never changes."""

    settings: Settings
    snippet: Snippet
    suffix: Suffix
    failures: Failures


class Plan(NamedTuple):
    """What is known of a request when the app is called.

    Attributes:
        ours: It is for our own endpoints, and nothing else is known of it.
        asker: The scope as it came.
        scope: What the app is called with: the same, unless something must change.
        refusal: Why the page cannot get the widget whatever the response is; "" if it may.
        asked: Tags of ours in the request's conditions.
    """

    ours: bool
    asker: Scope
    scope: Scope
    refusal: str
    asked: Asked

    @property
    def origin(self) -> str:
        """scheme://host as the asker sees the portal; only ever compared with."""
        host = header_lists.join(header_lists.of(self.asker), b"host")
        return f"{self.asker.get('scheme') or 'http'}://{host}"

    @property
    def root_path(self) -> str:
        """Where the app is mounted."""
        return self.asker.get("root_path") or ""

    @property
    def target(self) -> bytes:
        """The asker's path and query, as sent."""
        query: bytes = self.asker.get("query_string") or b""
        path: bytes = self.asker.get("raw_path") or quote(self.asker["path"]).encode()
        return path + b"?" + query if query else path


class Responder:
    """The state of one response."""

    __slots__ = (
        "_found",
        "_headers",
        "_held",
        "_passing",
        "_plan",
        "_scanner",
        "_send",
        "_sent",
        "_shop",
        "_started",
    )

    def __init__(self, shop: Workshop, plan: Plan, send: Send) -> None:
        self._shop = shop
        self._plan = plan
        self._send = send
        self._held: list[Any] = []
        self._passing = False
        self._headers: Headers | None = None
        self._found: dict[bytes, list[bytes]] = {}
        self._scanner: HeadScanner | XhtmlScanner  # from the start of a page on
        self._started = False  # the start went out while the body was still looked for
        self._sent = 0  # bytes of the page that went out with it

    async def send(self, message: Message) -> None:
        """Stand where the app's ``send`` stands.

        What the server raises here (a client that is gone) reaches the app, as without us.
        """
        if self._passing:
            await self._send(message)
            return
        self._held.append(message)
        try:
            step = self._step(message)
        except Exception as error:  # noqa: BLE001 - a portal never fails because of us
            step = (self._held, [], True)
            self._shop.failures.note(error)
        out, self._held, self._passing = step
        for each in out:
            await self._send(each)

    async def finish(self) -> None:
        """Send what is held when the app returns without having ended its response."""
        out, self._held, self._passing = self._held, [], True
        for each in out:
            await self._send(each)

    def _step(self, message: Message) -> Step:
        kind = message["type"]
        if kind == START and self._headers is None:
            return self._start(message)
        if self._headers is None:
            # Early hints and debug information come before the start and wait for nothing.
            return self._held, [], False
        if kind == BODY:
            return self._body(message)
        # A file to be sent by the server, a push, or what the future brings.
        return self._unchanged(kind)

    def _start(self, message: Message) -> Step:
        headers = self._headers = header_lists.of(message)
        if header_lists.is_spent(message):
            self._held[-1] = message = {**message, "headers": headers}
        settings = self._shop.settings
        status = message["status"]
        asked = self._plan.asked
        if status == 304 and (changed := asked.not_modified(headers)) is not headers:
            return [{**message, "headers": changed}], [], True
        found = self._found = header_lists.gather(headers, TELLING)
        reason = self._plan.refusal or unfit(status, found, error_pages=settings.error_pages)
        reason = reason or _opted_out(self._plan.scope)
        if reason:
            if reason == "content-encoding":
                self._shop.failures.compressed(self._plan.scope["path"])
            return self._unchanged(reason)
        kind = page_type(found[b"content-type"][0])
        self._scanner = (XhtmlScanner if kind == XHTML else HeadScanner)(settings.max_head_bytes)
        return [], self._held, False

    def _body(self, message: Message) -> Step:
        body = message.get("body", b"")
        ended = not message.get("more_body", False)
        head = self._scanner.feed(body if isinstance(body, bytes) else bytes(body))
        if head is None and ended:
            if not self._scanner.size and self._plan.scope["method"] == "HEAD":
                return self._without_page()
            head = self._scanner.close()
        if head is not None:
            return self._decide(head)
        if self._scanner.script_at >= 0 and not self._started and self._may_start_early():
            return self._start_early()
        return [], self._held, False

    def _decide(self, head: Head) -> Step:
        """The head has ended: change the page, or leave it."""
        terms = self._terms(head)
        if terms.reason:
            return self._unchanged(terms.reason)
        snippet, plan = self._shop.snippet, self._plan
        insertions = [Insertion(_script_at(head), snippet.script(plan.root_path, terms))]
        if head.body_at >= 0 and (head.base_at < 0 or not _elsewhere(head, plan.origin)):
            insertions.append(Insertion(head.body_at, snippet.link(plan.root_path, plan.target)))
        bodies = self._held if self._started else self._held[1:]
        out = spliced(bodies, insertions, offset=self._sent)
        if not self._started:
            added = sum(len(each.text) for each in insertions)
            out.insert(0, self._changed_start(added, extend=terms.extend))
        return out, [], True

    def _terms(self, head: Head) -> policy.Terms:
        """On what terms the page takes the script, all reasons against it considered."""
        reason = head.reason
        if not reason and unreadable_charset(head.charset):
            reason = "charset"
        if not reason and head.charset_late and _elsewhere(head, self._plan.origin):
            # The script would have to stand before the base, and would push the charset back.
            reason = "base on another host"
        if reason:
            return policy.Terms(reason=reason)
        if not head.policies and policy.SPEAKING.isdisjoint(self._found):
            return NO_TERMS
        headers = self._headers or []
        if policy.wants_integrity(headers):
            return policy.Terms(reason="integrity-policy")
        policies = policy.policies_of(headers, head.policies)
        asset = policy.Asset(
            self._plan.origin,
            self._shop.snippet.path(self._plan.root_path, LOADER),
            loader_integrity(),
        )
        return policy.judge(policies, asset, extend=self._shop.settings.csp == "extend")

    def _may_start_early(self) -> bool:
        """Whether the head can go out while the body is looked for: nothing in the start depends on it."""
        return not self._shop.settings.debug_header and b"content-length" not in self._found

    def _start_early(self) -> Step:
        """Let a head that the app sent ahead reach the browser, which can fetch its style sheets."""
        head = self._scanner.found()
        terms = self._terms(head)
        if terms.reason:
            return self._unchanged(terms.reason)
        place = _script_at(head)
        first, rest = cut(self._held[1:], place)
        start = self._changed_start(0, extend=terms.extend)
        self._started, self._sent = True, place
        return [start, *first], rest, False

    def _changed_start(self, added: int, *, extend: bool) -> dict[str, Any]:
        """Return the start for the changed page; lengths, validators and policy speak for the new bytes."""
        headers: Headers = []
        for name, value in self._headers or []:
            key, new = name.lower(), value
            if key == b"accept-ranges":
                continue
            if key == b"content-length":
                new = b"%d" % (int(value) + added)
            elif key == b"etag":
                new = self._shop.suffix.add(value)
            elif extend and key in (policy.ENFORCED, policy.REPORTED):
                new = policy.extended(value.decode("latin-1"), loader_integrity()).encode("latin-1")
            headers.append((name, new))
        if self._shop.settings.metrics:
            PAGES.add("added")
        return self._marked({**self._held[0], "headers": headers}, "added")

    def _without_page(self) -> Step:
        """HEAD without a body: what depends on the page is not known here (RFC 9110 section 9.3.2)."""
        start, *rest = self._held
        names = frozenset({b"content-length", b"etag", b"accept-ranges"})
        headers = header_lists.without(self._headers or [], names)
        return [self._marked({**start, "headers": headers}, "unknown; HEAD"), *rest], [], True

    def _unchanged(self, reason: str) -> Step:
        """Everything as the app sent it, but for the header that says why if the portal wants it."""
        if self._shop.settings.metrics:
            PAGES.add(reason.partition(";")[0])
        if self._started or not self._shop.settings.debug_header:
            return self._held, [], True
        start, *rest = self._held
        headers = header_lists.without(self._headers or [], frozenset({b"readable-portal"}))
        return [self._marked({**start, "headers": headers}, f"skipped; {reason}"), *rest], [], True

    def _marked(self, start: dict[str, Any], verdict: str) -> dict[str, Any]:
        if self._shop.settings.debug_header:
            start["headers"] = [*start["headers"], (b"readable-portal", verdict.encode("latin-1", "replace"))]
        return start


def _opted_out(scope: Scope) -> str:
    """A view says so by ``request.state.readable_portal = False``."""
    state = scope.get("state")
    return "state says off" if isinstance(state, dict) and state.get("readable_portal") is False else ""


def _absolute(head: Head) -> bool:
    """Whether the page's base may lead to another host or scheme."""
    return "//" in head.base or ":" in head.base.partition("/")[0]


def _elsewhere(head: Head, origin: str) -> bool:
    """Whether links of the page lead to another host."""
    host = head.base.partition("//")[2].partition("/")[0].rpartition("@")[2]
    return _absolute(head) and host.lower() != origin.partition("//")[2].lower()


def _script_at(head: Head) -> int:
    """Before the end of the head, and before a base that could re-root or downgrade the script's address."""
    if head.base_at >= 0 and _absolute(head) and not head.charset_late:
        return min(head.script_at, head.base_at)
    return head.script_at
