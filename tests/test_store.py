from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readable_portal.errors import SettingsError, StoreError
from readable_portal.store import Kept, Store


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store("memory:///" if request.param == "memory" else (tmp_path / "kho lưu").as_uri())


def test_what_is_put_is_got_whole_and_in_ranges(store: Store) -> None:
    async def run() -> None:
        assert await store.get("a/b.mp3") is None
        assert await store.head("a/b.mp3") is None
        assert await store.get_range("a/b.mp3", 0, 1) is None
        await store.put("a/b.mp3", b"0123456789")
        assert await store.get("a/b.mp3") == b"0123456789"
        assert await store.get_range("a/b.mp3", 2, 5) == b"234"
        assert await store.get_range("a/b.mp3", 8, 50) == b"89"
        assert await store.get_range("a/b.mp3", 3, 3) == b""
        kept = await store.head("a/b.mp3")
        assert kept is not None
        assert kept.size == 10
        assert abs(kept.modified - time.time()) < 60
        assert [each.key for each in await store.list("a")] == ["a/b.mp3"]
        await store.put("a/b.mp3", b"new")
        assert await store.get("a/b.mp3") == b"new"
        await store.delete("a/b.mp3")
        await store.delete("a/b.mp3")
        assert await store.list() == []

    asyncio.run(run())


def test_of_many_that_create_one_wins(store: Store) -> None:
    async def run() -> None:
        won = await asyncio.gather(*[store.create("lease/x", str(n).encode()) for n in range(50)])
        assert sum(won) == 1
        assert await store.get("lease/x") == str(won.index(True)).encode()

    asyncio.run(run())


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    async def run() -> None:
        folder = tmp_path / "kept"
        store = Store(folder.as_uri(), limit=1000)
        for number in range(10):
            await store.put(f"speech/{number}", bytes(100))
            old = time.time() - 10_000 + number
            os.utime(folder / f"speech/{number}", (old, old))
        fresh = Store(folder.as_uri(), limit=1000)  # another process: it knows only what the folder tells
        await fresh.get("speech/0")
        await fresh.put("speech/new", bytes(100))
        await Store(folder.as_uri(), limit=1000).sweep()  # or the one that the write began was quicker
        left = {each.key for each in await fresh.list()}
        assert left == {"speech/0", "speech/new", *(f"speech/{number}" for number in range(3, 10))}

    asyncio.run(run())


def test_writing_sweeps_by_itself() -> None:
    async def run() -> None:
        store = Store("memory:///", limit=10_000)
        for number in range(100):
            await store.put(f"speech/{number}", bytes(1000))
            await asyncio.sleep(0.001)
        for _ in range(200):
            if sum(each.size for each in await store.list()) <= 10_000:
                break
            await asyncio.sleep(0.01)
        kept = {each.key for each in await store.list()}
        assert sum(1000 for _ in kept) <= 10_000
        assert "speech/99" in kept

    asyncio.run(run())


def test_what_a_killed_writer_left_is_never_read_and_is_cleared_away(tmp_path: Path) -> None:
    async def run() -> None:
        folder = tmp_path / "kept"
        store = Store(folder.as_uri(), limit=1000)
        await store.put("speech/whole", b"1")
        for name, age in (("half#1", 7200), ("young#1", 0)):
            path = folder / "speech" / name
            path.write_bytes(b"half")
            os.utime(path, (time.time() - age, time.time() - age))
        assert [each.key for each in await store.list()] == ["speech/whole"]
        await store.sweep()
        assert sorted(path.name for path in (folder / "speech").iterdir()) == ["whole", "young#1"]

    asyncio.run(run())


def test_trouble_is_a_store_error_that_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "speech").write_text("a file where a folder must be", "utf-8")
    store = Store((tmp_path / "kept").as_uri())
    with pytest.raises(StoreError, match="could not write speech/a"):
        asyncio.run(store.put("speech/a", b"1"))


def test_a_write_that_fails_sweeps_too_so_that_a_lower_limit_frees_a_full_disk(tmp_path: Path) -> None:
    async def run() -> None:
        url = (tmp_path / "kept").as_uri()
        roomy = Store(url)
        for number in range(10):
            await roomy.put(f"speech/{number}", bytes(50))
        (tmp_path / "kept" / "blocked").write_bytes(b"")
        store = Store(url, limit=200)
        with pytest.raises(StoreError, match="could not write blocked/a"):
            await store.put("blocked/a", bytes(50))
        for _ in range(1000):
            if sum(each.size for each in await store.list()) <= 200:
                return
            await asyncio.sleep(0.01)
        pytest.fail("nothing was swept")

    asyncio.run(run())


LISTS = """
import asyncio, sys
from readable_portal.store import Kept, Store
asyncio.run(Store(sys.argv[1]).list())
"""


@pytest.mark.slow
def test_a_process_ends_well_right_after_its_last_answer(tmp_path: Path) -> None:
    for _ in range(12):
        subprocess.run(
            [sys.executable, "-c", LISTS, (tmp_path / "kept").as_uri()],
            check=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")},
        )


LIMITED = """
import asyncio, resource, sys
from readable_portal.errors import StoreError
from readable_portal.store import Kept, Store
async def run():
    store = Store(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
    try:
        await store.put("speech/long", bytes(2000))
    except StoreError as error:
        print(error)
    print(await store.create("speech/short", bytes(900)), len(await store.list()))
asyncio.run(run())
"""


def test_a_full_disk_is_told_with_what_to_do_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, (tmp_path / "kept").as_uri()],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")},
    )
    told, after = done.stdout.splitlines()[0], done.stdout.splitlines()[-1]
    assert told.startswith("could not write speech/long to file:///")
    assert told.endswith("The disk is full: make room on it, or set `store_limit` to less and start again")
    assert after == "True 1"
    assert [path.name for path in (tmp_path / "kept").rglob("*") if path.is_file()] == ["short"]


@pytest.mark.parametrize("url", ["redis://x", "", "/var/lib"])
def test_an_unknown_kind_of_store_is_a_bad_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="s3://"):
        asyncio.run(Store(url).get("a"))


KILLED = """
import asyncio, sys
from readable_portal.store import Kept, Store
async def run():
    store = Store(sys.argv[1])
    for number in range(100_000):
        await store.put(f"speech/{number % 7}", bytes([number % 251]) * 400_000)
        print(number, flush=True)
asyncio.run(run())
"""


@pytest.mark.slow
def test_a_process_killed_while_it_writes_leaves_no_bad_blob(tmp_path: Path) -> None:
    async def check(url: str) -> None:
        store = Store(url)
        for each in await store.list():
            value = await store.get(each.key)
            assert value is not None
            assert len(value) == 400_000
            assert len(set(value)) == 1

    url = (tmp_path / "kept").as_uri()
    source = str(Path(__file__).parents[1] / "src")
    for turn in range(30):
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, url],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": source},
        ) as writer:
            assert writer.stdout is not None
            for _ in range(1 + turn % 5):
                writer.stdout.readline()
            time.sleep(0.001 * (turn % 9))
            writer.kill()
        asyncio.run(check(url))


def test_what_is_written_while_a_sweep_lists_counts_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        store = Store("memory:///", limit=10_000)
        listed = store.list
        late = asyncio.Event()

        async def list_and_write() -> list[Kept]:
            found = await listed()
            monkeypatch.setattr(store, "list", listed)
            for number in range(20):
                await store.put(f"speech/late-{number}", bytes(1000))
            late.set()
            return found

        monkeypatch.setattr(store, "list", list_and_write)
        await store.put("speech/first", bytes(1000))
        await late.wait()
        for _ in range(200):
            if sum(each.size for each in await listed()) <= 10_000:
                break
            await asyncio.sleep(0.01)
        assert sum(each.size for each in await listed()) <= 10_000

    asyncio.run(run())
