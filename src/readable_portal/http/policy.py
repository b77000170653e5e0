"""Whether the page's Content-Security-Policy lets our script in and lets it work, and on what terms.

Every policy counts: several headers, several policies in one header, ``<meta>`` in the head, and those that
only report (a page must not flood its owner with reports). All of them must allow. Nothing is ever weakened:
at most our own hash is added, and only when the portal asked for that (``csp="extend"``).

The rules are those of CSP Level 3 (W3C), sections 6.7 (matching) and 8.1 (hashes of external scripts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from readable_portal.http.headers import values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "ENFORCED",
    "REPORTED",
    "Asset",
    "Policy",
    "Terms",
    "extended",
    "judge",
    "parse",
    "policies_of",
    "wants_integrity",
]

ENFORCED = b"content-security-policy"
REPORTED = b"content-security-policy-report-only"
_INTEGRITY = (b"integrity-policy", b"integrity-policy-report-only")
# The headers that this module reads; most responses have none.
SPEAKING = frozenset({ENFORCED, REPORTED, *_INTEGRITY})

_FALLBACKS = {
    "script-src-elem": ("script-src-elem", "script-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
    "media-src": ("media-src", "default-src"),
    "font-src": ("font-src", "default-src"),
    "img-src": ("img-src", "default-src"),
    "style-src": ("style-src-elem", "style-src", "default-src"),
}
_NONCE = re.compile(r"'nonce-([A-Za-z0-9+/_-]+={0,2})'", re.IGNORECASE)
_HOST_SOURCE = re.compile(
    r"(?:([a-z][a-z0-9+.-]*)://)?(\*|(?:\*\.)?[^/:*]+)(?::(\d+|\*))?(/[^?#]*)?", re.IGNORECASE
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: directive names (lower case) to their sources, the first of a name counts."""

    directives: dict[str, tuple[str, ...]]
    reports_only: bool = False
    from_meta: bool = False

    def sources(self, directive: str) -> tuple[str, ...] | None:
        """Sources that govern ``directive``; None if nothing does, so that everything is allowed."""
        for name in _FALLBACKS[directive]:
            if name in self.directives:
                return self.directives[name]
        return None


@dataclass(frozen=True, slots=True)
class Asset:
    """What is to be loaded: ``origin`` is ``scheme://host[:port]`` as the asker sees the portal."""

    origin: str
    path: str
    integrity: str = ""


class Terms(NamedTuple):
    """On what terms the page takes our script.

    Attributes:
        reason: Why it does not; "" if it does.
        nonce: To be copied on our tag.
        integrity: Our tag must carry its hash.
        extend: The hash must be added to the policies of the headers.
        blocked: Directives that let the widget in but bar a part of it: media-src, font-src, img-src.
    """

    reason: str = ""
    nonce: str = ""
    integrity: bool = False
    extend: bool = False
    blocked: tuple[str, ...] = ()


def parse(text: str, *, reports_only: bool = False, from_meta: bool = False) -> list[Policy]:
    """Read the policies of one header or meta value (CSP section 2.2)."""
    result = []
    for serialized in text.split(","):
        directives: dict[str, tuple[str, ...]] = {}
        for part in serialized.split(";"):
            name, *sources = part.split() or [""]
            if name:
                directives.setdefault(name.lower(), tuple(sources))
        if from_meta:
            # They do not count in a meta element (HTML section 4.2.5.3).
            for name in ("report-uri", "frame-ancestors", "sandbox"):
                directives.pop(name, None)
        if directives:
            result.append(Policy(directives, reports_only, from_meta))
    return result


def policies_of(headers: Iterable[tuple[bytes, bytes]], metas: Iterable[str] = ()) -> list[Policy]:
    """Gather all policies of a response: its headers, then the ``content`` of its meta elements."""
    headers = list(headers)
    found = []
    for value in values(headers, ENFORCED):
        found += parse(value.decode("latin-1"))
    for value in values(headers, REPORTED):
        found += parse(value.decode("latin-1"), reports_only=True)
    for content in metas:
        found += parse(content, from_meta=True)
    return found


def wants_integrity(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether scripts without a hash are blocked or reported (W3C Integrity Policy).

    Our tag could have one, but not the parts of the widget that the loader imports.
    """
    return any(
        name.lower() in _INTEGRITY and b"script" in value.lower() and b"blocked-destinations" in value.lower()
        for name, value in headers
    )


def judge(policies: Sequence[Policy], asset: Asset, *, extend: bool = False) -> Terms:
    """Say on what terms ``policies`` together take our script, or why they do not."""
    nonces: list[set[str]] = []
    integrity = wants_extension = False
    for policy in policies:
        if reason := _sandboxed(policy):
            return Terms(reason=reason)
        sources = policy.sources("script-src-elem")
        if sources is None or _script_by_url(sources, asset):
            continue
        if offered := set(_NONCE.findall(" ".join(sources))):
            nonces.append(offered)
        elif asset.integrity and f"'{asset.integrity}'" in sources and _strict(sources):
            integrity = True
        elif extend and asset.integrity and _may_extend(policy, sources):
            integrity = wants_extension = True
        else:
            return Terms(reason=f"{_named(policy)} script-src")
    if integrity and any("require-trusted-types-for" in policy.directives for policy in policies):
        # Let in by its hash, the loader must set the address of an element, which needs a trusted type.
        return Terms(reason="policy: trusted types without a nonce")
    nonce = ""
    if nonces:
        common = set.intersection(*nonces)
        if not common:
            return Terms(reason="policies with different nonces")
        nonce = min(common)
    for policy in policies:
        if not _by_url(policy.sources("connect-src"), asset):
            return Terms(reason=f"{_named(policy)} connect-src")
    blocked = tuple(
        each
        for each in ("media-src", "font-src", "img-src")
        if not all(_by_url(policy.sources(each), asset) for policy in policies)
    )
    return Terms(nonce=nonce, integrity=integrity, extend=wants_extension, blocked=blocked)


def extended(policy_header: str, integrity: str) -> str:
    """Add our hash to the scripts' directive of every policy of a header that is strict.

    A policy that governs scripts only by ``default-src`` gets a ``script-src`` with the same sources.
    """
    result = []
    for serialized in policy_header.split(","):
        policy = (parse(serialized) or [Policy({})])[0]
        sources = policy.sources("script-src-elem")
        if sources is None or not _strict(sources) or _NONCE.search(" ".join(sources)):
            result.append(serialized)
            continue
        name = next(each for each in _FALLBACKS["script-src-elem"] if each in policy.directives)
        if f"'{integrity}'" in sources:
            result.append(serialized)
            continue
        if name == "default-src":
            result.append(f"{serialized.rstrip().rstrip(';')}; script-src {' '.join(sources)} '{integrity}'")
            continue
        parts = serialized.split(";")
        place = next(
            i for i, part in enumerate(parts) if part.split()[:1] and part.split()[0].lower() == name
        )
        parts[place] = f"{parts[place].rstrip()} '{integrity}'"
        result.append(";".join(parts))
    return ",".join(result)


def _named(policy: Policy) -> str:
    kind = "report-only policy" if policy.reports_only else "policy"
    return f"{kind} in meta:" if policy.from_meta else f"{kind}:"


def _sandboxed(policy: Policy) -> str:
    """A sandbox must leave scripts and the origin, or the widget can neither run nor ask."""
    sandbox = policy.directives.get("sandbox")
    if sandbox is None or policy.reports_only:
        return ""
    allowed = {each.lower() for each in sandbox}
    missing = {"allow-scripts", "allow-same-origin"} - allowed
    return f"policy: sandbox without {min(missing)}" if missing else ""


def _may_extend(policy: Policy, sources: tuple[str, ...]) -> bool:
    """Whether our hash can be added without changing what the policy says about anything else.

    Only headers can be changed. Without 'strict-dynamic' the hash would let in the loader but not what it
    loads; and beside 'unsafe-inline' alone it would switch off the page's own inline scripts.
    """
    if policy.from_meta or not _strict(sources):
        return False
    restricted = any(each.startswith(("'nonce-", "'sha256-", "'sha384-", "'sha512-")) for each in sources)
    return restricted or "'unsafe-inline'" not in sources


def _script_by_url(sources: tuple[str, ...], asset: Asset) -> bool:
    # 'strict-dynamic' makes every URL and 'self' count for nothing (CSP section 6.7.1.1).
    return not _strict(sources) and _by_url(sources, asset)


def _strict(sources: tuple[str, ...]) -> bool:
    return any(each.lower() == "'strict-dynamic'" for each in sources)


def _by_url(sources: tuple[str, ...] | None, asset: Asset) -> bool:
    if sources is None:
        return True
    return any(_matches(source, asset) for source in sources)


def _matches(source: str, asset: Asset) -> bool:
    """Whether one source expression covers our same-origin URL (CSP section 6.7.2.8)."""
    lowered = source.lower()
    scheme, _, authority = asset.origin.partition("://")
    if lowered == "'self'":
        return True
    if lowered == "*":
        return True
    if lowered.endswith(":") and "/" not in lowered:
        return lowered[:-1] == scheme or (lowered == "http:" and scheme == "https")
    match = _HOST_SOURCE.fullmatch(source)
    if not match or source.startswith("'"):
        return False
    wanted_scheme, host, port, path = match.groups()
    if wanted_scheme and wanted_scheme.lower() not in {scheme, "http" if scheme == "https" else scheme}:
        return False
    parts = urlsplit(f"//{authority}")
    if not parts.hostname or not _host_matches(host.lower(), parts.hostname):
        return False
    return _port_matches(port, parts.port, scheme) and _path_matches(path or "", asset.path)


def _host_matches(pattern: str, host: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return pattern in ("*", host)


def _port_matches(wanted: str | None, port: int | None, scheme: str) -> bool:
    default = _DEFAULT_PORTS.get(scheme, 0)
    if wanted == "*":
        return True
    if wanted is None:
        return (port or default) == default
    return int(wanted) == (port or default)


def _path_matches(wanted: str, path: str) -> bool:
    if wanted in ("", "/"):
        return True
    wanted = unquote(wanted)
    return path.startswith(wanted) if wanted.endswith("/") else path == wanted
