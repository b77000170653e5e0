"""``app = ReadablePortal(app)``: the widget on every article page of an ASGI app, whatever it is made of.

Pure ASGI, in the task of the app: context variables, background tasks, cancellation and disconnects behave
as without us. A page differs from the app's own by one script before the end of its head and one link for
people without scripts after ``<body>``; docs/middleware.md says what else is looked at, and why.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING, Any

from readable_portal import __version__
from readable_portal.http.headers import Headers, is_spent, join, of, replaced, values
from readable_portal.http.selection import Paths, route_path
from readable_portal.http.validators import NOTHING_ASKED, Suffix
from readable_portal.settings import Settings
from readable_portal.web.failures import Failures
from readable_portal.web.internal import DEPTH, InternalSource
from readable_portal.web.responder import Plan, Responder, Workshop
from readable_portal.web.snippet import Snippet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from readable_portal.portal import PageSource

__all__ = ["ReadablePortal"]

# Files that a server would send by itself are asked for as bytes.
FILE_EXTENSIONS = frozenset({"http.response.pathsend", "http.response.zerocopysend"})
# Servers wait some seconds for a lifespan to end; our own clean-up takes none of them away for long.
CLOSING_SECONDS = 2.0


class ReadablePortal:
    """Wraps an ASGI app. Holds nothing of any request.

    Args:
        app: Any ASGI application.
        settings: All settings as one value; otherwise give them one by one.
        source: Where the articles' pages come from, if not from ``app``.
        options: Settings by name, see `readable_portal.Settings`; those not given come from the
            environment, a file, or their defaults.

    Raises:
        SettingsError: A setting is unknown or has a value that is not allowed.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        settings: Settings | None = None,
        source: PageSource | None = None,
        **options: Any,
    ) -> None:
        self.app = app
        self.settings = settings = settings or Settings.load(**options)
        self._paths = Paths.of(settings.include, settings.exclude)
        self._internal = InternalSource(app, settings)
        self._source: PageSource = source or self._internal
        snippet = Snippet(settings)
        suffix = Suffix(__version__, *snippet.identity, settings.csp)
        self._shop = Workshop(settings, snippet, suffix, Failures())
        self._endpoints: ASGIApp | None = None
        self._process = 0

    @property
    def failures(self) -> Failures:
        """How often a page went out unchanged because of a fault of ours."""
        return self._shop.failures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer below our prefix, put the widget into pages, and pass everything else."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        try:
            plan = self._plan(scope)
            responder = Responder(self._shop, plan, send) if plan and not plan.ours else None
        except Exception as error:  # noqa: BLE001 - a portal never fails because of us
            self.failures.note(error)
            plan = responder = None
        if plan and responder:
            await self.app(plan.scope, receive, responder.send)
            await responder.finish()
        elif plan:
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _plan(self, scope: Scope) -> Plan | None:
        """Say what is to be done with a request; None: nothing."""
        if DEPTH in (scope.get("extensions") or ()):
            return None
        root_path = scope.get("root_path") or ""
        path = route_path(scope["path"], root_path)
        prefix = self.settings.prefix
        if path == prefix or path.startswith(prefix + "/"):
            return Plan(ours=True, asker=scope, scope=scope, refusal="", asked=NOTHING_ASKED)
        refusal = "" if scope["method"] in ("GET", "HEAD") else "method"
        refusal = refusal or self._paths.refuse(path)
        headers = of(scope)
        spent = is_spent(scope)
        if spent:
            scope = {**scope, "headers": headers}
        back, asked = self._shop.suffix.undo(headers)
        if refusal and back is headers and not spent and not self.settings.debug_header:
            return None
        changed = self._changed_scope(scope, headers, back, wanted=not refusal)
        return Plan(ours=False, asker=scope, scope=changed, refusal=refusal, asked=asked)

    def _changed_scope(self, scope: Scope, headers: Headers, back: Headers, *, wanted: bool) -> Scope:
        """Return the app's scope: the very same where nothing has to change, else a copy."""
        changes: dict[str, Any] = {}
        if wanted and self.settings.inner_compression == "avoid" and values(headers, b"accept-encoding"):
            back = replaced(back, {b"accept-encoding": b"identity"})
        if back is not headers:
            changes["headers"] = back
        extensions: Mapping[str, Any] = scope.get("extensions") or {}
        if (
            wanted
            and self.settings.stream_files
            and not FILE_EXTENSIONS.isdisjoint(extensions)
            and "html" in join(headers, b"accept")
        ):
            changes["extensions"] = {
                name: value for name, value in extensions.items() if name not in FILE_EXTENSIONS
            }
        return {**scope, **changes} if changes else scope

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request below our prefix. What is needed for that is made at the first one.

        Not in ``__init__`` and not in the lifespan: a store must not be used before a fork, and many
        servers and apps have no lifespan.
        """
        if self._endpoints is None or self._process != os.getpid():
            try:
                self._endpoints = _build_endpoints(self.settings, self._source)
            except Exception as error:  # noqa: BLE001 - a missing part must not look like the portal's fault
                self.failures.note(error)
                await _unavailable(send)
                return
            self._process = os.getpid()
        if "app" in scope:
            # We are one of a framework's middlewares; its inner apps look for their outer app here.
            self._internal.framework = {"app": scope["app"]}
        await self._endpoints(scope, receive, send)

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        """WebSockets pass. So does the lifespan; we only look for its state and its end."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        self._internal.lifespan_state = scope.get("state")

        async def watch(message: Message) -> None:
            if message["type"] == "lifespan.shutdown.complete":
                await self._close()
            await send(message)

        await self.app(scope, receive, watch)

    async def _close(self) -> None:
        """Let go of what the endpoints hold. Best effort: the process ends anyway."""
        close = getattr(self._endpoints, "aclose", None)
        if close is not None:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(CLOSING_SECONDS):
                    await close()


def _build_endpoints(settings: Settings, source: PageSource) -> ASGIApp:
    """Make what answers below the prefix; imported here, so that portals start without it."""
    from readable_portal.portal import Portal  # noqa: PLC0415 - loads when first asked
    from readable_portal.web.endpoints import create  # noqa: PLC0415 - loads when first asked

    return create(Portal(settings, source))


async def _unavailable(send: Send) -> None:
    """Answer without anything that could fail again; the log has the reason."""
    body = b'{"type":"error","title":"Readable Portal could not start; see the log.","status":503}'
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})
