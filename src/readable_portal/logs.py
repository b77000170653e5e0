"""What the log says, and how: events of fixed names, as lines for people or as JSON, and nothing of a person.

A module logs as everywhere in Python, and names the event beside the message::

    log.warning("the portal did not answer in time", extra=event("portal-slow", portal=str(origin)))

Whoever has a logging set-up of their own (a portal with our middleware) keeps it: the records carry ``event``
and ``fields``. The commands that serve call :func:`configure`.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import re
import secrets
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readable_portal.settings import Settings

__all__ = ["EVENTS", "REQUEST", "JsonLines", "Lines", "configure", "event", "new_request", "without_person"]

# Every event there is, with its fields (docs/deployment.md has this table, and a test says so). Names never
# change their meaning: monitoring is built on them.
EVENTS: Mapping[str, str] = {
    "started": "A command serves, or a worker waits for jobs: `version`, and what it was told.",
    "answered": "An endpoint of ours answered: `endpoint`, `status`, `ms`, `page` (its path, no query).",
    "limited": "A client asked too often; said once a minute at most. Is it your load balancer? See --trust.",
    "endpoint-failed": "An endpoint met an error that nobody foresaw; the traceback follows.",
    "page-unchanged": "A page went out without the widget because of a fault of ours: `count` so far.",
    "page-compressed": "A page came compressed from the app, so it gets no widget: `page`.",
    "portal-slow": "The portal did not answer the proxy in time (504): `portal`.",
    "portal-unreachable": "The portal could not be reached by the proxy (502): `portal`.",
    "websocket-failed": "A WebSocket of the portal could not be opened: `portal`.",
    "engine-resting": "A speech engine failed several times and is left alone: `engine`, `seconds`.",
    "speaker-ended": "A process that speaks ended and is started again: `restarts` so far.",
    "sentence-made": "A sentence was spoken: `key`, `engine`, `seconds` of sound (level debug).",
    "sentence-rejected": "A sentence that no engine can say is left out of a recording.",
    "recording-failed": "An article could not be recorded.",
    "queue-unreachable": "Jobs cannot be sent: Redis does not answer.",
    "job-given-up": "A worker could not do a job; whoever waits for it sends it again.",
    "summary-failed": "An engine could not sum an article up: `engine`.",
    "store-failed": "The store could not be read or written; said once a minute at most.",
    "store-damaged": "What lay in the store was damaged and is made again: `key`.",
}

REQUEST: ContextVar[str] = ContextVar("readable_portal_request", default="")

_HANDLER = "readable-portal"
# Longer values are of no use in a line.
_LONGEST = 300
_ADDRESS = re.compile(r"(?<![\w.])(?:[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*|\d{1,3}(?:\.\d{1,3}){3})(?!\w)")
_QUERY = re.compile(r"(?<=[\w/%.~-])\?[^\s'\"<>)\]]+")


def event(name: str, /, **fields: str | float) -> dict[str, Any]:
    """What a logging call gives as ``extra``: the event's name and its fields.

    Args:
        name: One of :data:`EVENTS`.
        fields: Short values. Of ``page`` only the path is kept: a query may hold what a person searched for.

    Raises:
        KeyError: There is no such event.
    """
    EVENTS[name]
    if "page" in fields:
        fields["page"] = str(fields["page"]).partition("?")[0]
    return {
        "event": name,
        "fields": {
            key: value[:_LONGEST] if isinstance(value, str) else value for key, value in fields.items()
        },
    }


def new_request() -> str:
    """A number for a request: random, so that it says nothing of who asked."""
    return secrets.token_hex(8)


def without_person(text: str) -> str:
    """A text without addresses of others and without queries: errors of libraries hold both.

    This machine's own addresses (127.0.0.1, ::1, 0.0.0.0) stay: they name nobody.
    """
    return _QUERY.sub("?…", _ADDRESS.sub(_hidden, text))


def _hidden(found: re.Match[str]) -> str:
    text = found[0]
    # A sentence may go on after the address with a full stop, a colon or a port.
    for end in range(len(text), max(1, len(text) - 8), -1):
        try:
            parsed = ipaddress.ip_address(text[:end])
        except ValueError:
            continue
        if parsed.is_loopback or parsed.is_unspecified:
            return text
        return "[address]" + text[end:]
    return text  # a time of day, a version


class Lines(logging.Formatter):
    """For people: time, level, event, message, fields, request."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as a line, and its traceback."""
        parts = [f"{_time(record):%H:%M:%S} {record.levelname.lower()}"]
        name = getattr(record, "event", "")
        if name:
            parts.append(f"{name}:")
        parts.append(" ".join(without_person(record.getMessage()).splitlines()))
        fields: Mapping[str, Any] = getattr(record, "fields", {})
        told = [f"{key}={value}" for key, value in fields.items()]
        if REQUEST.get():
            told.append(f"request={REQUEST.get()}")
        if told:
            parts.append(f"({', '.join(told)})")
        return " ".join(parts) + _traceback(self, record, "\n")


class JsonLines(logging.Formatter):
    """For programs: a JSON object a line, as Loki, Elastic and CloudWatch take them."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as a line."""
        line: dict[str, Any] = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "other"),
            "message": without_person(record.getMessage()),
            "logger": record.name,
        }
        if REQUEST.get():
            line["request"] = REQUEST.get()
        fields: Mapping[str, Any] = getattr(record, "fields", {})
        line |= {key: value for key, value in fields.items() if key not in line}
        trace = _traceback(self, record, "")
        if trace:
            line["traceback"] = trace
        return json.dumps(line, ensure_ascii=False)


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _traceback(formatter: logging.Formatter, record: logging.LogRecord, lead: str) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return lead + without_person(formatter.formatException(record.exc_info))


def configure(settings: Settings) -> None:
    """Send the log of this process to standard error as the settings say; other libraries' warnings too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name(_HANDLER)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else Lines())
    root = logging.getLogger()
    for each in [each for each in root.handlers if each.get_name() == _HANDLER]:
        root.removeHandler(each)
    root.addHandler(handler)
    logging.getLogger("readable_portal").setLevel(settings.log_level.upper())
    # Start, stop and faults of the server; its lines for each request are switched off where it is started.
    logging.getLogger("uvicorn.error").setLevel(settings.log_level.upper())
