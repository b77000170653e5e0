"""Piper voices: what a source offers, what is here, fetching with a checksum.

A source is a folder on the web laid out as the Piper project's: ``voices.json`` names each voice's files,
their sizes and MD5 sums. An office without internet copies the folder to a server of its own and sets
``piper_source``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readable_portal.errors import SpeechUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2

__all__ = ["Offer", "OfferedFile", "check_voice", "fetch_voice", "offers"]

_PIECE = 256 * 1024
_SUMS = ".sha256.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedFile:
    """A file of a voice: where it is under the source, how long, its MD5."""

    path: str
    size: int
    md5: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A voice of a source."""

    name: str
    language: str
    quality: str
    files: tuple[OfferedFile, ...]

    @property
    def size(self) -> int:
        """Bytes to fetch."""
        return sum(file.size for file in self.files)


def offers(client: httpx2.Client, source: str, *, language: str = "vi") -> tuple[Offer, ...]:
    """The voices of a source in a language, by name.

    Raises:
        SpeechUnavailable: The source cannot be reached or is laid out in another way.
    """
    import httpx2  # noqa: PLC0415 - only who fetches voices needs it

    address = f"{source.rstrip('/')}/voices.json"
    try:
        answer = client.get(address)
        answer.raise_for_status()
        index = answer.json()
        found = [_offer(name, about) for name, about in index.items()]
    except httpx2.HTTPError as error:
        raise SpeechUnavailable(f"{address} could not be had: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SpeechUnavailable(f"{address} is no list of Piper voices: {error}") from error
    return tuple(
        sorted((offer for offer in found if offer.language.startswith(language)), key=lambda o: o.name)
    )


def fetch_voice(
    client: httpx2.Client,
    source: str,
    offer: Offer,
    folder: Path,
    *,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Path]:
    """Fetch a voice's files into a folder; a file that is there and right is left alone.

    Each is written beside, checked against its size and sum, then put in place.

    Args:
        client: Who fetches.
        source: Where from.
        offer: What.
        folder: Where to; made if missing.
        progress: Called with the bytes that came, and for files that were there already.

    Raises:
        SpeechUnavailable: A file could not be had whole and right.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # The model last: a voice counts as installed when both are there.
    paths = []
    for file in sorted(offer.files, key=lambda file: file.size):
        target = folder / Path(file.path).name
        paths.append(target)
        if target.exists() and target.stat().st_size == file.size and _sum(target, "md5") == file.md5:
            progress(file.size)
        else:
            _fetch(client, f"{source.rstrip('/')}/{file.path}", target, file, progress)
    sums = {path.name: _sum(path, "sha256") for path in paths}
    (folder / f"{offer.name}{_SUMS}").write_text(json.dumps(sums, indent=2), "utf-8")
    return paths


def check_voice(model: Path) -> str:
    """What is wrong with a voice's files, in a few words; nothing ("") when they are as they were fetched.

    A voice that was copied here by hand has no sums; then only its description is read.
    """
    try:
        about = json.loads(Path(f"{model}.json").read_text("utf-8"))
        if not isinstance(about.get("audio", {}).get("sample_rate"), int):
            return "its description names no sample rate"
    except (OSError, ValueError, AttributeError) as error:
        return f"its description cannot be read: {error}"
    sums = model.with_name(f"{model.name.removesuffix('.onnx')}{_SUMS}")
    if not sums.exists():
        return "" if model.stat().st_size else "its model is empty"
    for name, expected in json.loads(sums.read_text("utf-8")).items():
        path = model.with_name(name)
        if not path.exists() or _sum(path, "sha256") != expected:
            return f"{name} is not what was fetched"
    return ""


def _offer(name: str, about: dict[str, Any]) -> Offer:
    files = tuple(
        OfferedFile(path=path, size=int(file["size_bytes"]), md5=str(file["md5_digest"]))
        for path, file in about["files"].items()
        if path.endswith((".onnx", ".onnx.json"))
    )
    if any(".." in Path(file.path).parts or file.path.startswith("/") for file in files):
        raise ValueError(f"{name} has files outside the source")
    return Offer(
        name=name, language=str(about["language"]["code"]), quality=str(about["quality"]), files=files
    )


def _fetch(
    client: httpx2.Client, address: str, target: Path, file: OfferedFile, progress: Callable[[int], None]
) -> None:
    import httpx2  # noqa: PLC0415 - only who fetches voices needs it

    beside = target.with_name(f"{target.name}.part")
    digest = hashlib.md5(usedforsecurity=False)  # the sum that the source gives; ours afterwards is SHA-256
    came = 0
    try:
        with client.stream("GET", address) as answer, beside.open("wb") as out:
            answer.raise_for_status()
            for piece in answer.iter_bytes(_PIECE):
                came += len(piece)
                if came > file.size:
                    break
                out.write(piece)
                digest.update(piece)
                progress(len(piece))
    except httpx2.HTTPError as error:
        beside.unlink(missing_ok=True)
        raise SpeechUnavailable(f"{address} could not be had: {error}") from error
    if came != file.size or digest.hexdigest() != file.md5:
        beside.unlink()
        raise SpeechUnavailable(f"{address} came damaged ({came} of {file.size} bytes); nothing was kept")
    beside.replace(target)


def _sum(path: Path, kind: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(kind, usedforsecurity=False)).hexdigest()
