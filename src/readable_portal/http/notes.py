"""What the tags of a head say about how the page may be changed: opt-out, policies, charset, base."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from readable_portal.http.markup import attributes

__all__ = ["LeaveAlone", "Notes", "is_amp"]

_TELLING = re.compile(rb"http-equiv|readable-portal|charset", re.IGNORECASE)
_AMP = frozenset({"amp", "amp4ads", "amp4email", "\u26a1", "\u26a14ads", "\u26a14email"})

_PERHAPS_AMP = re.compile(rb"amp|\xe2\x9a\xa1", re.IGNORECASE)


class LeaveAlone(Exception):
    """The page is to be left as it is; the message is the reason."""


@dataclass(slots=True)
class Notes:
    """What was noted so far; see `readable_portal.http.head.Head` for the fields."""

    policies: list[str] = field(default_factory=list)
    charset: str = ""
    base: str = ""
    base_at: int = -1
    charset_late: bool = False

    def read(self, name: bytes, start: int, tag: bytes) -> None:
        """Note what a ``<meta>`` or ``<base>`` says that starts at ``start``."""
        if name == b"base":
            self._base(start, attributes(tag).get("href"))
        elif _TELLING.search(tag):
            self._meta(attributes(tag))

    def _base(self, start: int, href: str | None) -> None:
        # Only the first base with a href counts.
        if href is not None and self.base_at < 0:
            self.base, self.base_at = href.strip(), start

    def _meta(self, found: dict[str, str]) -> None:
        content = found.get("content", "")
        if found.get("name", "").strip().lower() == "readable-portal" and content.strip().lower() == "off":
            raise LeaveAlone("meta says off")
        kind = found.get("http-equiv", "").strip().lower()
        if kind == "content-security-policy":
            self.policies.append(content)
        charset = found.get("charset", "")
        if kind == "content-type" and "charset=" in content.lower():
            charset = content.lower().partition("charset=")[2].partition(";")[0]
        if charset and not self.charset:
            self.charset = charset.strip(" \t\n\f\r\"'").lower()
            self.charset_late = self.base_at >= 0


def is_amp(html_tag: bytes) -> bool:
    """Whether ``<html …>`` marks an AMP page, which foreign scripts make invalid."""
    if not _PERHAPS_AMP.search(html_tag):
        return False
    names = (key.encode("latin-1").decode("utf-8", "replace") for key in attributes(html_tag))
    return any(name.replace("\ufe0f", "") in _AMP for name in names)
