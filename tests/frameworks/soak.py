"""Many requests with every kind of fault over real sockets: `python tests/frameworks/soak.py`.

A uvicorn in a process of its own serves pages with plain and hostile heads, whole and in pieces, from an app
that fails before the start, in the head, in the middle, and that forgets to end; one response in fifty meets
a fault inside the middleware. The clients here leave early, read slowly, ask for HEAD and for 304. Every byte
that comes back is compared with what it must be, and in the end the server must have no task and no memory
more than after its first thousand requests.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "http"), str(ROOT / "tests" / "web")]

import heads  # type: ignore[import-not-found]  # noqa: E402 - its folder is on the path from here on

from readable_portal import ReadablePortal  # noqa: E402
from readable_portal.http import headers as header_lists  # noqa: E402

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

SEEDS = 3_000
CLIENTS = 24
KINDS = {
    "whole": 40,
    "pieces": 20,
    "pause": 4,
    "head": 4,
    "validators": 6,
    "fault of ours": 4,
    "raise before": 4,
    "raise in head": 4,
    "raise later": 4,
    "never ended": 2,
    "leave early": 6,
    "slow reader": 2,
}
ETAG = b'"soak"'


def page_of(seed: int) -> bytes:
    """A page with a head of `heads`, now and then a long one."""
    page: bytes = heads.make(seed)
    return page + b"<p>" + b"x" * 60_000 if seed % 10 == 0 else page


class Broken(Exception):
    """The app's own fault."""


async def app(scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer as the query says: ``/?seed=1&kind=pieces``."""
    if scope["type"] != "http":
        return
    query = dict(parse_qsl(scope["query_string"].decode()))
    if scope["path"] == "/stats":
        await _stats(send)
        return
    seed, kind = int(query["seed"]), query["kind"]
    page = page_of(seed)
    if kind == "raise before":
        raise Broken
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    if kind == "validators":
        headers.append((b"etag", ETAG))
        if dict(scope["headers"]).get(b"if-none-match") == ETAG:
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body"})
            return
    if kind in ("whole", "head", "fault of ours"):
        headers.append((b"content-length", b"%d" % len(page)))
    if kind == "fault of ours":
        headers.append((b"x-fault", b"1"))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _body(page, seed, kind, send)


async def _body(page: bytes, seed: int, kind: str, send: Send) -> None:
    pick = random.Random(seed)  # noqa: S311 - the same pieces every time
    if kind in ("pieces", "pause", "raise in head", "raise later", "never ended"):
        place = 0
        stop = len(page)
        if kind in ("raise in head", "never ended"):
            stop = min(stop, 20)
        while place < stop:
            step = pick.choice((1, 7, 64, 1000, 20_000))
            await send({"type": "http.response.body", "body": page[place : place + step], "more_body": True})
            place += step
            if kind == "pause":
                await asyncio.sleep(0.002)
        if kind.startswith("raise"):
            raise Broken
        if kind != "never ended":
            await send({"type": "http.response.body", "body": page[place:]})
    else:
        await send({"type": "http.response.body", "body": page})


async def _stats(send: Send) -> None:
    gc.collect()
    with open("/proc/self/status", "rb") as file:  # noqa: ASYNC230, PTH123 - the kernel answers at once
        status = file.read().decode("ascii")
    body = json.dumps(
        {
            "tasks": len(asyncio.all_tasks()),
            "objects": len(gc.get_objects()),
            "rss": int(status.partition("VmRSS:")[2].split()[0]) * 1024,
            "failures": wrapped.failures.count,
        }
    ).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


wrapped = ReadablePortal(app)


def _break_now_and_then() -> None:
    """Let our own code fail where a response asks for it."""
    gather = header_lists.gather

    def broken(headers: Any, names: frozenset[bytes]) -> dict[bytes, list[bytes]]:
        if any(name == b"x-fault" for name, _ in headers):
            raise Broken
        return gather(headers, names)

    setattr(header_lists, "gather", broken)  # noqa: B010 - on purpose, in this process alone


async def plain(scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer with the page whole, whatever the query asks for."""
    page = page_of(int(dict(parse_qsl(scope["query_string"].decode()))["seed"]))
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": page})


reference = ReadablePortal(plain)


def expected(target: str) -> bytes:
    """The page as it must come: computed here, without a server, from the whole page."""
    sent: list[Any] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    path, _, query = target.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "root_path": ""}
    scope |= {"query_string": query.encode(), "headers": [], "scheme": "http"}
    with contextlib.suppress(StopIteration):
        reference(scope, receive, send).send(None)
    return b"".join(each.get("body", b"") for each in sent)


class Client:
    """One client that asks again and again, and looks at every byte."""

    def __init__(self, port: int, pick: random.Random, counts: Counter[str]) -> None:
        self.port = port
        self.pick = pick
        self.counts = counts

    async def ask(self) -> None:
        """Make one request of a random kind and check its answer."""
        kind = self.pick.choices(list(KINDS), list(KINDS.values()))[0]
        seed = self.pick.randrange(SEEDS)
        sent_kind = {"leave early": "pieces", "slow reader": "whole"}.get(kind, kind)
        target = f"/?seed={seed}&kind={sent_kind.replace(' ', '+')}"
        method = "HEAD" if kind == "head" else "GET"
        status, headers, body, whole = await self._exchange(method, target, kind)
        self.counts[kind] += 1
        page = page_of(seed)
        wanted = page if kind == "fault of ours" else expected(target)
        if kind == "raise before":
            assert status == 500, (kind, status)
        elif kind in ("raise in head", "raise later", "never ended", "leave early"):
            # 500 if nothing was sent when the app failed; else what came is a beginning and never an end.
            assert status == 500 or wanted.startswith(body) or page.startswith(body), (kind, seed)
            assert status == 500 or kind == "leave early" or not whole, (kind, seed)
        elif kind == "head":
            assert (status, body) == (200, b""), (kind, status)
            assert int(headers["content-length"]) == len(wanted), (kind, seed)
        else:
            assert (status, whole) == (200, True), (kind, seed, status)
            assert body == wanted, (kind, seed, body[:300], wanted[:300])
            if "content-length" in headers:
                assert int(headers["content-length"]) == len(body)
            if kind == "validators":
                await self._again(target, headers["etag"])

    async def _again(self, target: str, etag: str) -> None:
        status, headers, body, _ = await self._exchange("GET", target, "whole", f"If-None-Match: {etag}\r\n")
        assert (status, headers["etag"], body) == (304, etag, b""), (target, etag, status)

    async def _exchange(
        self, method: str, target: str, kind: str, more: str = ""
    ) -> tuple[int, dict[str, str], bytes, bool]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            headers = f"Host: a\r\nAccept: text/html\r\n{more}Connection: close\r\n"
            writer.write(f"{method} {target} HTTP/1.1\r\n{headers}\r\n".encode())
            if kind == "leave early":
                data = await reader.read(self.pick.choice((1, 200, 4000)))
            elif kind == "slow reader":
                data = b""
                while piece := await reader.read(9_000):
                    data += piece
                    await asyncio.sleep(0.001)
            else:
                data = await reader.read(-1)
        except ConnectionError:
            data = b""
        finally:
            writer.close()
        return parsed(data)


def parsed(data: bytes) -> tuple[int, dict[str, str], bytes, bool]:
    """Status, headers, body, and whether the body came to its end."""
    head, found, rest = data.partition(b"\r\n\r\n")
    if not found:
        return 500, {}, b"", False
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    status = int(lines[0].split()[1])
    if "chunked" not in headers.get("transfer-encoding", ""):
        return status, headers, rest, len(rest) == int(headers.get("content-length", len(rest)))
    body = b""
    while True:
        size, found, rest = rest.partition(b"\r\n")
        if not found or not size:
            return status, headers, body, False
        length = int(size, 16)
        if not length:
            return status, headers, body, True
        body += rest[:length]
        rest = rest[length + 2 :]


async def stats(port: int) -> dict[str, int]:
    """What the server says of itself."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /stats HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    data = await reader.read(-1)
    writer.close()
    result: dict[str, int] = json.loads(parsed(data)[2])
    return result


async def run(port: int, requests: int, seed: int) -> dict[str, Any]:
    """Make the requests; the counts and what the server had more of in the end."""
    counts: Counter[str] = Counter()
    left = requests

    async def work(number: int) -> None:
        nonlocal left
        client = Client(port, random.Random(seed * 1000 + number), counts)  # noqa: S311 - repeatable
        while left > 0:
            left -= 1
            await client.ask()

    warm = min(requests // 4, 2_000)
    left = warm
    await asyncio.gather(*(work(number) for number in range(CLIENTS)))
    await asyncio.sleep(0.5)
    before = await stats(port)
    began = time.monotonic()
    left = requests - warm
    await asyncio.gather(*(work(CLIENTS + number) for number in range(CLIENTS)))
    seconds = time.monotonic() - began
    await asyncio.sleep(1)
    after = await stats(port)
    assert after["failures"] == counts["fault of ours"], (after, counts)
    assert after["tasks"] <= before["tasks"], (before, after)
    return {
        "requests": sum(counts.values()),
        "kinds": dict(counts),
        "seconds": round(seconds, 1),
        "tasks more": after["tasks"] - before["tasks"],
        "objects more": after["objects"] - before["objects"],
        "memory more, kB": (after["rss"] - before["rss"]) // 1024,
    }


def main() -> None:
    """Start the server, run, print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "soak:wrapped", "--app-dir", str(Path(__file__).parent)]
    command += ["--port", str(port), "--log-level", "critical", "--no-access-log", "--lifespan", "off"]
    server = subprocess.Popen(command, env={**os.environ, "SOAK_SERVER": "1"})
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.05)
        result = asyncio.run(run(port, options.requests, options.seed))
    finally:
        server.terminate()
        server.wait(20)
    sys.stdout.write(json.dumps(result) + "\n")


if "SOAK_SERVER" in os.environ:
    import logging

    logging.getLogger("readable_portal").setLevel(logging.CRITICAL + 1)
    _break_now_and_then()

if __name__ == "__main__":
    main()
