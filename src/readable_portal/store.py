"""Where articles, summaries and audio are kept: one interface over memory, a folder or S3.

obstore does the work. It is opened in each process when first used: a child that is
forked after its use hangs (design note in docs/architecture.md).
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import re
import time
from collections import OrderedDict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from readable_portal.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

__all__ = ["Kept", "Store"]

# After a sweep this share of the limit is left, so that not every write sweeps.
_SWEPT_TO = 0.9
# A sweep is due when this share of the limit was written since the last.
_SWEEP_EVERY = 0.05
# Reading a file renews its time at most this often; a hot file costs no writes.
_RENEW_SECONDS = 600.0
# Blobs whose last use is remembered, some 8 MB; of others the time of their file speaks.
_MOST_REMEMBERED = 32_768
# What a killed process left half written (obstore writes "name#1", then renames) is rubbish after this.
_RUBBISH_SECONDS = 3600.0
_RUBBISH_NAME = re.compile(r".+#\d+$")
# Letting go takes microseconds once a thread may run.
_LINGER_SECONDS = 0.05
# ENOSPC, EDQUOT and EFBIG, as obstore words them.
_FULL = re.compile(r"\(os error (?:28|122|27)\)")


class Kept(NamedTuple):
    """A blob without its bytes."""

    key: str
    size: int
    modified: float


class Store:
    """Blobs under keys such as ``speech/ab/abcdef….mp3``. Writes appear whole or not at all.

    Args:
        url: ``memory:///``, ``file:///folder`` or ``s3://bucket/prefix``.
        limit: Bytes to keep; those used longest ago go first. None keeps everything. A bucket's own
            lifecycle rules do this better for S3, so there only what is listed under the prefix counts.
    """

    def __init__(self, url: str = "memory:///", *, limit: int | None = None) -> None:
        self.url = url
        self.limit = limit
        self._opened: tuple[int, ObjectStore] | None = None
        self._used: OrderedDict[str, float] = OrderedDict()
        # The first write looks at what is there already.
        self._written = limit or 0
        self._sweeper: asyncio.Task[None] | None = None

    @property
    def shared(self) -> bool:
        """Whether other processes see the same blobs, so that leases make sense."""
        return not self.url.startswith("memory:")

    async def get(self, key: str) -> bytes | None:
        """The blob, or None when there is none.

        Raises:
            StoreError: The store could not be read.
        """
        import obstore  # noqa: PLC0415 - opened on first use

        try:
            answer = await obstore.get_async(self._inner(), key)
            value = bytes(await answer.bytes_async())
        except FileNotFoundError:
            return None
        except SettingsError:
            raise
        except Exception as error:
            raise StoreError(f"could not read {key} from {self.url}: {_reason(error)}") from error
        self._touch(key)
        return value

    async def get_range(self, key: str, start: int, end: int) -> bytes | None:
        """Bytes ``start`` to ``end`` (excluded) of the blob, fewer at its end, or None when there is none.

        Raises:
            StoreError: The store could not be read, or ``start`` is not inside the blob.
        """
        import obstore  # noqa: PLC0415 - opened on first use

        if start >= end:
            return b""
        try:
            value = bytes(await obstore.get_range_async(self._inner(), key, start=start, end=end))
        except FileNotFoundError:
            return None
        except Exception as error:
            raise StoreError(f"could not read {key} from {self.url}: {_reason(error)}") from error
        self._touch(key)
        return value

    async def head(self, key: str) -> Kept | None:
        """Size and time of the blob, or None when there is none.

        Raises:
            StoreError: The store could not be read.
        """
        import obstore  # noqa: PLC0415 - opened on first use

        try:
            meta = await obstore.head_async(self._inner(), key)
        except FileNotFoundError:
            return None
        except Exception as error:
            raise StoreError(f"could not read {key} from {self.url}: {_reason(error)}") from error
        return Kept(key, meta["size"], meta["last_modified"].timestamp())

    async def put(self, key: str, value: bytes) -> None:
        """Keep a blob, over any earlier one.

        Raises:
            StoreError: The store could not be written (disk full, no rights).
        """
        await self._put(key, value, mode="overwrite")

    async def create(self, key: str, value: bytes) -> bool:
        """Keep a blob unless there is one; of several that try at once, one gets True.

        Raises:
            StoreError: The store could not be written (disk full, no rights).
        """
        return await self._put(key, value, mode="create")

    async def delete(self, key: str) -> None:
        """Remove a blob; nothing happens when there is none.

        Raises:
            StoreError: The store could not be written.
        """
        import obstore  # noqa: PLC0415 - opened on first use

        self._used.pop(key, None)
        try:
            await obstore.delete_async(self._inner(), key)
        except FileNotFoundError:
            return
        except Exception as error:
            raise StoreError(f"could not delete {key} from {self.url}: {_reason(error)}") from error

    async def list(self, prefix: str = "") -> list[Kept]:
        """All blobs under a prefix, in no order.

        Raises:
            StoreError: The store could not be read.
        """
        import obstore  # noqa: PLC0415 - opened on first use

        try:
            return [
                Kept(meta["path"], meta["size"], meta["last_modified"].timestamp())
                async for batch in obstore.list(self._inner(), prefix or None)
                for meta in batch
            ]
        except Exception as error:
            raise StoreError(f"could not list {self.url}: {_reason(error)}") from error

    async def sweep(self) -> int:
        """Remove what was used longest ago until the limit is kept; how many bytes went.

        Raises:
            StoreError: The store could not be read or written.
        """
        await asyncio.to_thread(self._remove_rubbish)
        if self.limit is None:
            return 0
        before = self._written
        kept = await self.list()
        total = sum(each.size for each in kept)
        # What is written while the list is made may not be in it, so it still counts.
        self._written = max(0, self._written - before)
        if total <= self.limit:
            return 0
        removed = 0
        for each in sorted(kept, key=lambda each: max(each.modified, self._used.get(each.key, 0.0))):
            if total - removed <= self.limit * _SWEPT_TO:
                break
            await self.delete(each.key)
            removed += each.size
        return removed

    async def _put(self, key: str, value: bytes, *, mode: Any) -> bool:
        import obstore  # noqa: PLC0415 - opened on first use
        from obstore.exceptions import AlreadyExistsError  # noqa: PLC0415 - opened on first use

        try:
            await obstore.put_async(self._inner(), key, value, mode=mode)
        except AlreadyExistsError:
            return False
        except SettingsError:
            raise
        except Exception as error:
            # A limit that was set lower must be kept on a full disk, too, where no write succeeds.
            self._count(len(value))
            raise StoreError(f"could not write {key} to {self.url}: {_reason(error)}") from error
        self._remember(key, time.time())
        self._count(len(value))
        return True

    def _count(self, written: int) -> None:
        """Sweep beside the work, when enough was written; the writer does not wait for it."""
        self._written += written
        if self.limit is None or self._written < self.limit * _SWEEP_EVERY:
            return
        if self._sweeper is None or self._sweeper.done():
            self._sweeper = asyncio.ensure_future(self._sweep_quietly())

    async def _sweep_quietly(self) -> None:
        # What was written stands; only the cleaning up failed, and a later write tries again.
        with contextlib.suppress(StoreError):
            await self.sweep()
            # What came while it swept may be too much again, and perhaps nothing is written after it.
            while self.limit is not None and self._written >= self.limit * _SWEEP_EVERY:
                await self.sweep()

    def _touch(self, key: str) -> None:
        """Remember the use of a blob, for other processes too where files make that cheap."""
        now = time.time()
        if now - self._used.get(key, 0.0) < _RENEW_SECONDS:
            return
        self._remember(key, now)
        folder = self._folder()
        if folder is not None:
            with contextlib.suppress(OSError):
                os.utime(folder / key)

    def _remember(self, key: str, now: float) -> None:
        self._used[key] = now
        self._used.move_to_end(key)
        if len(self._used) > _MOST_REMEMBERED:
            self._used.popitem(last=False)

    def _remove_rubbish(self) -> None:
        folder = self._folder()
        if folder is None:
            return
        for path in folder.rglob("*#*"):
            with contextlib.suppress(OSError):
                if _RUBBISH_NAME.match(path.name) and time.time() - path.stat().st_mtime > _RUBBISH_SECONDS:
                    path.unlink()

    def _folder(self) -> Path | None:
        parts = urlsplit(self.url)
        return Path(unquote(parts.path)) if parts.scheme == "file" else None

    def _inner(self) -> ObjectStore:
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), _open(self.url))
        return self._opened[1]


def _reason(error: Exception) -> str:
    """Obstore's message without its debugging part; for a full disk, what to do."""
    said = str(error).partition("\n\nDebug source")[0]
    if _FULL.search(said):
        said += ". The disk is full: make room on it, or set `store_limit` to less and start again"
    return said


@cache
def _linger_at_exit() -> None:
    """Let the store's threads leave Python before Python ends.

    A thread that still lets go of an answer's Python objects when the interpreter ends is ended inside Rust,
    and the whole process with it (SIGABRT, seen in every second process whose last act was to list a folder).
    """
    atexit.register(time.sleep, _LINGER_SECONDS)


def _open(url: str) -> Any:
    from obstore.store import LocalStore, MemoryStore, from_url  # noqa: PLC0415 - opened on first use

    _linger_at_exit()
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryStore()
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError("store", url, f"a folder that can be made ({error.strerror})") from error
        return LocalStore(str(folder))
    if parts.scheme == "s3":
        return from_url(url)
    raise SettingsError("store", url, "memory:///, file:///folder or s3://bucket/prefix")
