"""Counts what went wrong inside us while a page went out, and says so in the log without flooding it."""

from __future__ import annotations

import contextlib
import logging
import time

from readable_portal.logs import event

__all__ = ["Failures"]

log = logging.getLogger("readable_portal")

# A fault that hits every page of a busy portal is worth a line a minute, not a thousand.
SECONDS_BETWEEN_LINES = 60.0


class Failures:
    """How often the middleware had to let a page pass because of a fault of its own.

    Attributes:
        count: Since the process started.
        last: What the last one was, "" if there was none.
    """

    __slots__ = ("_next_line", "_warned", "count", "last")

    def __init__(self) -> None:
        self.count = 0
        self.last = ""
        self._next_line = 0.0
        self._warned = False

    def note(self, error: Exception) -> None:
        """Count a fault. Never raises, not even when the portal's own logging does."""
        with contextlib.suppress(Exception):
            self.count += 1
            self.last = f"{type(error).__name__}: {error}"
            now = time.monotonic()
            if now >= self._next_line:
                self._next_line = now + SECONDS_BETWEEN_LINES
                log.error(
                    "a page went out without the widget (%d so far)",
                    self.count,
                    exc_info=error,
                    extra=event("page-unchanged", count=self.count),
                )

    def compressed(self, path: str) -> None:
        """Say once that a page came compressed, and what to do: nothing is ever unpacked here."""
        if not self._warned:
            self._warned = True
            log.warning(
                "the page %s came compressed from the app, so it gets no widget: mount the compression"
                " outside of ReadablePortal, or set inner_compression='avoid'",
                path,
                extra=event("page-compressed", page=path),
            )
