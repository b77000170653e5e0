"""A full disk, for real: a server process that may not write, and every reader served all the same.

``RLIMIT_FSIZE`` makes each write fail in the kernel, on any Linux and without privileges; it is set on the
running server from outside and taken back later. ``TINY_DISK=/mnt/tiny pytest …`` runs the same on a small
file system that is filled to its last byte.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import resource
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from readable_portal.cli.demo import load_portal
from readable_portal.speech import mp3

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(__file__).parents[2]
TINY_DISK = os.environ.get("TINY_DISK", "")
# Nothing at all can be written; or leases and short sentences can, and a long sentence breaks off.
KINDS = ("article", "summary", "read")
WAYS = ["0", "20000", *(["filled"] if TINY_DISK else [])]


class Server:
    """The demo portal over a folder, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.log: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("demo_server.py")), folder.as_uri()],
            stdout=subprocess.PIPE,
            # A pipe: a log file would be on the full disk, too.
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HOME / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert self.process.stdout is not None
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()
        self.port = int(self.process.stdout.readline())

    def listen(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as log:
            self.log.extend(log)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()

    def page(self, path: str) -> tuple[int, bytes]:
        status, _, body = self.get(path)
        return status, body

    def ours(self, endpoint: str, path: str) -> tuple[int, bytes]:
        return self.page(f"/_readable/{endpoint}?path={quote(path, safe='')}")

    def speech(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self.get(f"/_readable/speech?path={quote(path, safe='')}", **headers)

    def health(self) -> tuple[int, dict[str, Any]]:
        status, _, body = self.get("/_readable/health")
        return status, json.loads(body)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.listener.join(30)


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        yield server
    finally:
        server.end()


@contextmanager
def full(way: str, server: Server, folder: Path) -> Iterator[None]:
    """The disk is full while this lasts."""
    if way == "filled":
        ballast = folder.parent / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        yield
        ballast.unlink()
        return
    before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (int(way), before[1]))
    yield
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)


def whole(body: bytes) -> bool:
    """Whether this is a recording of ours to its last frame."""
    return mp3.whole_frames(body[mp3.read_id3(body)[1] :])


def kept(folder: Path) -> dict[str, bytes]:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: body for name, body in files.items() if not name.startswith("lease/")}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_pages_and_speech_go_on_over_a_full_disk_and_it_heals(way: str, tmp_path: Path) -> None:
    folder = (Path(TINY_DISK) if way == "filled" else tmp_path) / "kept"
    paths = [entry.address for entry in load_portal().catalogue.ARTICLES]
    before_all, during, after, late = paths[:4]
    reading = [*((path, "") for path in ["/", *paths]), *((path, kind) for path in paths for kind in KINDS)]
    with serving(folder) as server:

        def ask(what: tuple[str, str]) -> tuple[int, bytes]:
            return server.ours(what[1], what[0]) if what[1] else server.page(what[0])

        pages = {what: ask(what) for what in reading}
        assert all(status == 200 for status, _ in pages.values())
        assert server.speech(before_all)[0] == 200
        assert server.health()[0] == 200
        until(lambda: any(name.endswith(".json") for name in kept(folder)))
        there = kept(folder)
        with full(way, server, folder):
            # Readers of all kinds at once, while listeners ask for what cannot be kept.
            with ThreadPoolExecutor(8) as readers:
                heard = [readers.submit(server.speech, during) for _ in range(4)]
                assert dict(zip(reading, readers.map(ask, reading), strict=True)) == pages
                sounds = [each.result() for each in heard]
            assert {status for status, _, _ in sounds} == {200}
            assert len({body for _, _, body in sounds}) == 1
            sound = sounds[0][2]
            assert whole(sound)
            # From memory: with length, ranges and marks, as ever.
            status, headers, part = server.speech(during, Range="bytes=100-299")
            assert (status, part) == (206, sound[100:300])
            assert headers["content-range"] == f"bytes 100-299/{len(sound)}"
            assert json.loads(server.ours("marks", during)[1])["complete"] is True
            # From the store: what was kept before is still heard.
            assert whole(server.speech(before_all)[2])
            # Whoever watches the portal is told; the log, which strangers do not see, says what to do.
            status, health = server.health()
            assert (status, health["status"], health["portals"][0]["store"]) == (503, "trouble", "trouble")
            (said,) = [line for line in server.log if "the store does not work" in line]
            assert "The disk is full: make room on it, or set `store_limit`" in said
            # Nothing is half written: what is new is whole, what was there is as it was.
            now = kept(folder)
            assert {name: body for name, body in now.items() if name in there} == there
            for name in now.keys() - there.keys():
                assert name.endswith(".mp3"), name
                assert whole(now[name]), name
            if way == "0":
                assert now == there
        until(lambda: server.health()[0] == 200)
        # What was only in memory is kept when it is next heard; what is new is kept at once.
        assert server.speech(during)[2] == sound
        new = server.speech(after)[2]
        assert {what: ask(what) for what in reading} == pages
        until(lambda: {sound, new} <= set(kept(folder).values()))
        assert server.health()[1]["portals"][0]["store"] == "ok"
        assert not [name for name in kept(folder) if "#" in name or name.startswith("probe")]
    with serving(folder) as again:
        assert [again.speech(path)[2] for path in (during, after)] == [sound, new]
        assert again.health()[1]["portals"][0]["made"] == 0
        assert whole(again.speech(late)[2])


def until(true: Any) -> None:
    """Wait for what comes a moment after an answer."""
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
