"""Everything that this package raises on purpose.

::

    ReadablePortalError
    ├── SettingsError           a setting has a value that is not allowed
    ├── PageError               the page could not be had
    │   ├── PageUnavailable     the portal did not answer with a page
    │   ├── PageTooLarge        larger, or deeper, than the limits
    │   └── PageRefused         not allowed to be read: personal, excluded, another host
    ├── NotAnArticle            the page is no article (list, home, search, form, error)
    ├── SpeechError             the text could not be spoken
    │   ├── SpeechUnavailable   the engine is down, or not installed
    │   ├── SpeechBusy          too much is waiting; try again later
    │   └── SpeechRejected      this very text cannot be spoken
    ├── SummaryError            the text could not be summed up
    ├── TooManyRequests         one client asks too often
    └── StoreError              the store could not be read or written

Each has a ``code``, which stands as ``type`` in the answers of the web (problem+json,
RFC 9457), and a message that says what to do.
"""

from __future__ import annotations

__all__ = [
    "NotAnArticle",
    "PageError",
    "PageRefused",
    "PageTooLarge",
    "PageUnavailable",
    "ReadablePortalError",
    "SettingsError",
    "SpeechBusy",
    "SpeechError",
    "SpeechRejected",
    "SpeechUnavailable",
    "StoreError",
    "SummaryError",
    "TooManyRequests",
]


class ReadablePortalError(Exception):
    """The root of the tree."""

    code = "error"


class SettingsError(ReadablePortalError):
    """A setting has a value that is not allowed."""

    code = "bad-setting"

    def __init__(self, key: str, value: object, allowed: str) -> None:
        super().__init__(f"{key} = {value!r} is not allowed: {allowed}")
        self.key = key
        self.value = value
        self.allowed = allowed


class PageError(ReadablePortalError):
    """The page could not be had."""

    code = "page-error"


class PageUnavailable(PageError):
    """The portal did not answer with a page."""

    code = "page-unavailable"


class PageTooLarge(PageError):
    """The page is larger, or nested deeper, than the limits allow."""

    code = "page-too-large"


class PageRefused(PageError):
    """The page may not be read: personal, excluded or on another host."""

    code = "page-refused"


class NotAnArticle(ReadablePortalError):
    """The page is no article; ``reason`` says why, in one of a few fixed words."""

    code = "not-an-article"

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class SpeechError(ReadablePortalError):
    """The text could not be spoken."""

    code = "speech-failed"


class SpeechUnavailable(SpeechError):
    """The engine is down or not installed; ``lasting`` when trying again soon is known to be no use."""

    code = "speech-unavailable"

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.lasting = lasting


class SpeechBusy(SpeechError):
    """Too much is waiting; ``retry_after`` says in how many seconds to try again."""

    code = "speech-busy"

    def __init__(self, message: str, *, retry_after: float = 5.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SpeechRejected(SpeechError):
    """This very text cannot be spoken by this engine."""

    code = "speech-rejected"


class SummaryError(ReadablePortalError):
    """The text could not be summed up."""

    code = "summary-failed"


class TooManyRequests(ReadablePortalError):
    """One client asks too often; ``retry_after`` says in how many seconds it may again."""

    code = "too-many-requests"

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StoreError(ReadablePortalError):
    """The store could not be read or written."""

    code = "store-failed"
