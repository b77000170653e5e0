"""Where articles, summaries and audio are kept: one interface over memory, a folder or S3.

obstore does the work. It is opened in each process when first used: a child that is
forked after its use hangs (design note in docs/architecture.md).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from readable_portal.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

__all__ = ["Store"]


class Store:
    """Blobs under keys such as ``speech/ab/abcdef….mp3``. Writes appear whole or not at all."""

    def __init__(self, url: str = "memory:///") -> None:
        self.url = url
        self._opened: tuple[int, ObjectStore] | None = None

    def _inner(self) -> ObjectStore:
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), _open(self.url))
        return self._opened[1]

    async def get(self, key: str) -> bytes | None:
        """The blob, or None when there is none.

        Raises:
            StoreError: The store could not be read.
        """
        import obstore  # noqa: PLC0415 - opened on first use

        try:
            answer = await obstore.get_async(self._inner(), key)
            return bytes(await answer.bytes_async())
        except FileNotFoundError:
            return None
        except Exception as error:
            raise StoreError(f"could not read {key} from {self.url}: {error}") from error

    async def put(self, key: str, value: bytes) -> None:
        """Keep a blob, over any earlier one.

        Raises:
            StoreError: The store could not be written (disk full, no rights).
        """
        import obstore  # noqa: PLC0415 - opened on first use

        try:
            await obstore.put_async(self._inner(), key, value)
        except Exception as error:
            raise StoreError(f"could not write {key} to {self.url}: {error}") from error


def _open(url: str) -> Any:
    from obstore.store import LocalStore, MemoryStore, from_url  # noqa: PLC0415 - opened on first use

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
