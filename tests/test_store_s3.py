"""The store on S3, against a server of its protocol on this machine."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx2
import pytest
from moto.server import ThreadedMotoServer

from readable_portal.errors import StoreError
from readable_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "word",
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    assert httpx2.put(f"{address}/portal").status_code == 200
    yield "s3://portal/readable"
    server.stop()


def test_blobs_come_back_and_are_made_once(bucket: str) -> None:
    async def run() -> None:
        store, other = Store(bucket), Store(bucket)
        assert store.shared
        assert await store.get("speech/a") is None
        await store.put("speech/a", b"0123456789")
        assert await other.get("speech/a") == b"0123456789"
        assert await other.get_range("speech/a", 2, 5) == b"234"
        made = await asyncio.gather(*(each.create("lease/x", b"mine") for each in [store, other] * 5))
        assert sum(made) == 1
        await other.delete("speech/a")
        assert await store.get("speech/a") is None

    asyncio.run(run())


def test_the_least_recently_used_go_from_a_bucket_too(bucket: str) -> None:
    async def run() -> None:
        store = Store(bucket, limit=1000)
        for number in range(20):
            await store.put(f"speech/{number}", bytes(100))
        await store.sweep()
        assert sum(kept.size for kept in await store.list()) <= 1000

    asyncio.run(run())


def test_a_bucket_that_is_not_there_is_a_clear_error(bucket: str) -> None:
    with pytest.raises(StoreError, match="s3://missing"):
        asyncio.run(Store(bucket.replace("portal", "missing")).put("a", b"b"))
