"""Settings: one frozen value, from arguments, then the environment, then a TOML file, then defaults."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from readable_portal.errors import SettingsError

__all__ = ["MAX_PAGE_BYTES", "Settings"]

ENVIRONMENT_PREFIX = "READABLE_PORTAL_"
# Real article pages have 20 to 400 kB; 2 MiB is where generated tables begin.
MAX_PAGE_BYTES = 2 * 1024 * 1024


def _setting(default: Any, help_text: str, *, check: str = "") -> Any:
    """Declare a setting: its default, what it does (shown in docs/settings.md) and how it is checked."""
    return field(default=default, metadata={"help": help_text, "check": check})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a portal is made readable. Every field is in docs/settings.md, and a test says so."""

    # Where the widget appears
    include: tuple[str, ...] = _setting(
        ("/*",), "Paths that may get the widget, as globs: `*` matches anything, `/` too."
    )
    exclude: tuple[str, ...] = _setting((), "Paths that never get the widget, even when included.")
    # A prefix that no portal's own route is likely to have.
    prefix: str = _setting("/_readable", "Where our own endpoints live.", check="prefix")
    language: Literal["vi", "en"] = _setting("vi", "Language of the controls.")
    csp: Literal["respect", "extend"] = _setting(
        "respect", "`extend` may add our own hash to a strict policy; it never weakens one."
    )
    debug_header: bool = _setting(default=False, help_text="Answer with `Readable-Portal: verdict; reason`.")
    # Off: the URL of the script is stable and old pages in caches would name the hash of an old script.
    integrity: bool = _setting(default=False, help_text="Put the script's hash on its tag (SRI).")
    # Off: nobody reads an error page at length.
    error_pages: bool = _setting(default=False, help_text="Also change pages with a status of 400 and more.")
    # Heads of real portals have 2 to 20 kB. No more of a page than this is ever held back.
    max_head_bytes: int = _setting(64 * 1024, "A page whose head is longer gets no widget.", check="positive")
    # On: without it no page that a server sends from a file by itself could get the widget.
    stream_files: bool = _setting(
        default=True, help_text="Ask the app to send HTML files as bytes, not by pathsend or zerocopysend."
    )
    # Off: the right order is compression outside of us; a portal that cannot change its order sets this.
    inner_compression: Literal["allow", "avoid"] = _setting(
        "allow", "`avoid` asks the app for uncompressed pages; a compressed page gets no widget."
    )

    # Seeing it run
    metrics: bool = _setting(
        default=False,
        help_text="Answer `GET metrics` under the prefix with counts for Prometheus (extra `metrics`); "
        "let only your monitoring reach it.",
    )
    log_format: Literal["text", "json"] = _setting(
        "text", "How the commands that serve write their log: lines for people, or a JSON object a line."
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting("info", "The least that is logged.")

    # Reading the page
    max_page_bytes: int = _setting(MAX_PAGE_BYTES, "Larger pages are not read.", check="positive")
    page_timeout: float = _setting(10.0, "Seconds to wait for the portal's page.", check="positive")
    read_private: bool = _setting(
        default=False,
        help_text="Read pages marked `private` or `no-store`, too. Only where they hold nothing personal: "
        "ASP.NET marks every page private unless told otherwise.",
    )
    # Twenty page views a second from one address are no reader; an office of hundreds has less.
    page_requests: int = _setting(
        1200, "Articles, summaries and reader pages a minute for one client address; 0 for no limit."
    )
    presets: str = _setting("", "A TOML file with the portal's own selectors (docs/portals.md).")

    # Keeping results
    store: str = _setting(
        "memory:///", "Where articles and audio are kept: memory:///, file:///folder, s3://bucket/prefix."
    )
    # About 250 articles of three minutes each at 32 kbit/s.
    store_limit: int = _setting(
        256 * 1024 * 1024, "Bytes to keep; the least recently used go first.", check="positive"
    )
    article_seconds: float = _setting(
        300.0, "How long a read page is trusted before it is read again.", check="positive"
    )

    # Speech
    engine: str = _setting("espeak", "Who speaks: espeak, gtts, piper, browser, or a chain: `piper,espeak`.")
    voice: str = _setting(
        "vi", "Voice of the engine: vi (North), vi-central, vi-south, or a Piper voice; for a chain one each."
    )
    # A voice of Huế or Sài Gòn that says "nghìn" and "linh" sounds read out, not spoken.
    dialect: Literal["auto", "north", "central", "south"] = _setting(
        "auto",
        "Whose number words: north (nghìn, linh, hai mươi tư), central or south (ngàn, lẻ, hai mươi bốn); "
        "`auto` goes by the (first) voice.",
    )
    rate: float = _setting(
        1.0, "Speed of the made audio, 0.5 to 2; listeners can change it too.", check="rate"
    )
    jobs: str = _setting(
        "process",
        "Who makes the audio: this `process`, or workers (`readable-portal worker`) that take jobs from "
        "redis://host:port/0 (extra `taskiq`) and share the store.",
    )
    speech_workers: int = _setting(2, "Processes that speak.", check="positive")
    speech_queue: int = _setting(64, "Sentences that may wait; beyond it listeners are asked to come back.")
    # What one office behind one address asks for.
    speech_requests: int = _setting(
        600, "Speech requests a minute that one client address may make; 0 for no limit."
    )
    # Only these: the library pastes the value into a host name.
    gtts_tld: Literal["com", "com.vn"] = _setting("com", "Which translate.google.… is asked by gtts.")
    gtts_timeout: float = _setting(10.0, "Seconds to wait for Google, by gtts.", check="positive")
    piper_voices: str = _setting(
        "~/.local/share/readable-portal/voices", "Folder with Piper voices (name.onnx and name.onnx.json)."
    )
    # Where the Piper project keeps its voices; an office without internet sets a mirror of its own.
    piper_source: str = _setting(
        "https://huggingface.co/rhasspy/piper-voices/resolve/main", "Where `voices fetch` gets Piper voices."
    )

    # Summary
    summarizer: str = _setting("extract", "Who sums up: extract, chat, or an entry point's name.")
    # What fits on a telephone's screen without scrolling.
    summary_sentences: int = _setting(3, "Sentences of a summary.", check="positive")
    # Empty: no article goes to a model unless somebody says to which.
    chat_url: str = _setting(
        "",
        "Where the model of `summarizer = chat` listens: the base of an OpenAI-compatible server, such as "
        "http://127.0.0.1:8080/v1 (llama.cpp, vLLM, Ollama). Articles are sent there.",
    )
    chat_model: str = _setting("", "Name of the model, as that server knows it; llama.cpp needs none.")
    # Off the request path, so long enough for a small model on a processor without a graphics card.
    chat_timeout: float = _setting(120.0, "Seconds that one summary may take at the model.", check="positive")
    # The name, so that the key itself stands in no file and no log.
    chat_key_env: str = _setting(
        "READABLE_PORTAL_CHAT_KEY",
        "Environment variable that holds the key of that server, if it wants one.",
    )

    def __post_init__(self) -> None:
        for each in fields(self):
            value = _check(each.name, getattr(self, each.name), each.metadata["check"])
            object.__setattr__(self, each.name, value)

    @classmethod
    def load(cls, file: str | Path | None = None, **arguments: Any) -> Settings:
        """Gather settings: arguments > environment ``READABLE_PORTAL_*`` > TOML file > defaults.

        The file is ``file``, else the environment's ``READABLE_PORTAL_SETTINGS``, else none.

        Raises:
            SettingsError: A key is unknown or a value is not allowed.
        """
        values: dict[str, Any] = {}
        file = file or os.environ.get(f"{ENVIRONMENT_PREFIX}SETTINGS")
        if file:
            values |= _from_file(Path(file))
        values |= _from_environment()
        values |= arguments
        known = {each.name for each in fields(cls)}
        for key in values:
            if key not in known:
                raise SettingsError(key, values[key], f"known settings are {', '.join(sorted(known))}")
        return cls(**values)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError("settings file", str(path), f"it could not be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("settings file", str(path), f"it is not TOML ({error})") from error


def _from_environment() -> dict[str, Any]:
    found = {}
    for each in fields(Settings):
        raw = os.environ.get(ENVIRONMENT_PREFIX + each.name.upper())
        if raw is not None:
            found[each.name] = raw
    return found


@cache
def _types() -> dict[str, Any]:
    """The type of each setting; to find them takes milliseconds."""
    return get_type_hints(Settings)


def _check(name: str, value: Any, rule: str) -> Any:
    """Turn a value (perhaps text from the environment) into the setting's type, or say what is allowed."""
    default = next(each.default for each in fields(Settings) if each.name == name)
    value = _convert(name, value, default)
    choices = get_args(_types()[name]) if isinstance(default, str) else ()
    if choices and value not in choices:
        raise SettingsError(name, value, f"one of {', '.join(choices)}")
    if rule == "positive" and value <= 0:
        raise SettingsError(name, value, "a number above 0")
    if rule == "rate" and not 0.5 <= value <= 2:
        raise SettingsError(name, value, "a number from 0.5 to 2")
    if rule == "prefix":
        value = value.rstrip("/")
        if not value.startswith("/") or "//" in value or any(c in value for c in ' ?#%*"<>'):
            raise SettingsError(name, value, "a path of its own such as /_readable, not /")
    return value


def _convert(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, tuple):
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple | set | frozenset):
            raise SettingsError(name, value, "a list of texts")
        return tuple(str(part).strip() for part in parts if str(part).strip())
    if isinstance(default, bool):
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if str(value).lower() not in words:
            raise SettingsError(name, value, "true or false")
        return words[str(value).lower()]
    if isinstance(default, int | float):
        try:
            return type(default)(value)
        except (TypeError, ValueError) as error:
            raise SettingsError(name, value, "a number") from error
    if not isinstance(value, str):
        raise SettingsError(name, value, "a text")
    return value
