"""What a middleware adds to a page on its way out: `python bench/response_path.py [--quick]`.

Four tables: added time per page of 100 kB in the process itself; time to the first byte of a page that is
streamed in ten pieces, over loopback; throughput and latency under load; memory under slow clients. All in
one run, the variants taken in turn, so that a busy machine disturbs them alike: read the ratios.

The last three start uvicorn in a process of its own for each variant.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, StreamingResponse
from starlette.routing import Route

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PIECES = 10
# Between pieces: long enough that a middleware which waits for the whole page shows.
PAUSE = 0.02


WORDS = [
    "Ủy", "ban", "nhân", "dân", "tỉnh", "thành", "phố", "xã", "phường", "kế", "hoạch", "quyết", "định",
    "công", "văn", "nghị", "định", "thông", "tư", "hướng", "dẫn", "thực", "hiện", "triển", "khai", "năm",
    "tháng", "ngày", "người", "dân", "doanh", "nghiệp", "hồ", "sơ", "thủ", "tục", "hành", "chính", "cải",
    "cách", "chuyển", "đổi", "số", "dịch", "vụ", "công", "trực", "tuyến", "giáo", "dục", "y", "tế", "môi",
    "trường", "nông", "nghiệp", "thủy", "sản", "du", "lịch", "đầu", "tư", "xây", "dựng", "giao", "thông",
    "đất", "đai", "quy", "hoạch", "ngân", "sách", "thu", "chi", "hội", "nghị", "báo", "cáo", "tổng", "kết",
    "khen", "thưởng", "phòng", "chống", "dịch", "bệnh", "thiên", "tai", "an", "ninh", "quốc", "phòng",
]  # fmt: skip


def make_page(size: int = 100_000) -> bytes:
    """A page like a portal's: a head of 6 kB, then an article whose text compresses to about a fifth."""
    pick = random.Random(1)
    head = ['<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<title>Tin tức</title>']
    head += [f'<link rel="stylesheet" href="/css/site-{n}.css" media="all">' for n in range(12)]
    head += [
        f'<meta property="og:item{n}" content="{" ".join(pick.choices(WORDS, k=8))}">' for n in range(12)
    ]
    head += [
        '<meta name="robots" content="index, follow">',
        '<meta http-equiv="X-UA-Compatible" content="IE=edge">',
    ]
    head += [f'<script src="/js/part-{n}.js"></script>' for n in range(10)]
    head += ["<script>\nvar a = 1 < 2;\n" + "window.x = window.x || [];\n" * 40 + "</script>"]
    head += ["<style>" + ".bai-viet p { margin: 0 0 1em }\n" * 60 + "</style>", "</head>"]
    page = ("\n".join(head) + '\n<body class="trang">\n<div id="article">\n').encode()
    while len(page) < size - 300:
        link = f'<a href="/tin-tuc/{pick.randrange(10**6)}.html">{" ".join(pick.choices(WORDS, k=5))}</a>'
        page += f"<p>{' '.join(pick.choices(WORDS, k=30))} {link}</p>\n".encode()
    return page + b"</div></body></html>"


PAGE = make_page()


async def _page(_: Request) -> Response:
    return HTMLResponse(PAGE)


async def _streamed(_: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        step = len(PAGE) // PIECES + 1
        for place in range(0, len(PAGE), step):
            yield PAGE[place : place + step]
            await asyncio.sleep(PAUSE)

    return StreamingResponse(pieces(), media_type="text/html")


class PassThrough:
    """The least that a middleware can do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything."""

        async def passing(message: Message) -> None:
            await send(message)

        await self.app(scope, receive, passing)


async def _base(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    return await call_next(request)


VARIANTS: dict[str, Callable[[ASGIApp], ASGIApp]] = {
    "nothing": lambda app: app,
    "pass-through": PassThrough,
    "ReadablePortal": ReadablePortal,
    "BaseHTTPMiddleware": lambda app: BaseHTTPMiddleware(app, dispatch=_base),
    "GZipMiddleware level 4": lambda app: GZipMiddleware(app, compresslevel=4),
    "GZipMiddleware level 9": lambda app: GZipMiddleware(app, compresslevel=9),
}


def app_of(variant: str) -> ASGIApp:
    """The same Starlette app in each wrapping."""
    return VARIANTS[variant](Starlette(routes=[Route("/", _page), Route("/streamed", _streamed)]))


SCOPE: dict[str, Any] = {
    "type": "http",
    "asgi": {"version": "3.0", "spec_version": "2.3"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "path": "/",
    "raw_path": b"/",
    "query_string": b"",
    "root_path": "",
    "headers": [
        (b"host", b"127.0.0.1"),
        (b"user-agent", b"bench"),
        (b"accept", b"text/html"),
        (b"accept-encoding", b"gzip"),
    ],
    "client": ("127.0.0.1", 1),
    "server": ("127.0.0.1", 2),
}


async def in_process(rounds: int) -> dict[str, list[float]]:
    """Seconds of single calls, the variants taken in turn."""
    apps = {name: app_of(name) for name in VARIANTS}
    times: dict[str, list[float]] = {name: [] for name in apps}

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_message: Message) -> None:
        pass

    for number in range(rounds // 10 + 2):
        for name, app in apps.items():
            # Ten at a time, as in a server that is busy with one thing.
            for _ in range(10):
                began = time.perf_counter()
                await app(dict(SCOPE), receive, send)
                if number >= 2:
                    times[name].append(time.perf_counter() - began)
    return times


class Server:
    """uvicorn with one variant, in a process of its own."""

    def __init__(self, variant: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {**os.environ, "BENCH_VARIANT": variant}
        here = Path(__file__)
        command = [sys.executable, "-m", "uvicorn", f"{here.stem}:app", "--app-dir", str(here.parent)]
        command += ["--port", str(self.port), "--log-level", "warning", "--no-access-log"]
        self.process = subprocess.Popen(command, env=environment)
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("uvicorn did not start")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)

    def connect(self) -> socket.socket:
        """A new connection."""
        return socket.create_connection(("127.0.0.1", self.port), 30)

    def memory(self) -> int:
        """Resident bytes of the process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024


def ask(connection: socket.socket, path: str = "/") -> tuple[float, float]:
    """Seconds to the first byte of the page (behind the headers) and to its end."""
    request = f"GET {path} HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"
    began = time.perf_counter()
    connection.sendall(request.encode())
    data = b""
    while b"\r\n\r\n" not in data or not data.partition(b"\r\n\r\n")[2]:
        data += connection.recv(65536)
    first = time.perf_counter() - began
    head, _, rest = data.partition(b"\r\n\r\n")
    if b"content-length:" in head.lower():
        left = int(head.lower().partition(b"content-length:")[2].split()[0]) - len(rest)
        while left > 0:
            left -= len(connection.recv(min(left, 262_144)))
    else:
        while not rest.endswith(b"0\r\n\r\n"):
            rest += connection.recv(65536)
    return first, time.perf_counter() - began


def load(server: Server, seconds: float, clients: int) -> list[float]:
    """Seconds of each request while ``clients`` threads ask without pause."""
    until = time.monotonic() + seconds
    times: list[float] = []

    def work() -> None:
        with server.connect() as connection:
            own = []
            while time.monotonic() < until:
                own.append(ask(connection)[1])
        times.extend(own)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def slow_clients(server: Server, count: int) -> float:
    """Growth of the server's memory in MB while ``count`` clients have asked and read nothing."""
    with server.connect() as connection:
        for _ in range(50):
            ask(connection)
    before = server.memory()
    connections = []
    try:
        for _ in range(count):
            connection = server.connect()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(b"GET /streamed HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
            connections.append(connection)
        time.sleep(PIECES * PAUSE * 4 + count / 400)
        return (server.memory() - before) / 1e6
    finally:
        for connection in connections:
            connection.close()


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of all lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds, to see that it runs")
    parser.add_argument("--json", type=Path, help="also write the numbers here")
    options = parser.parse_args()
    quick = options.quick
    results: dict[str, dict[str, float]] = {name: {} for name in VARIANTS}

    times = asyncio.run(in_process(20 if quick else 600))
    for name, taken in times.items():
        added = percentile(taken, 0.1) - percentile(times["nothing"], 0.1)
        results[name] |= {
            "added_us": added * 1e6,
            "added_us_median": (statistics.median(taken) - statistics.median(times["nothing"])) * 1e6,
        }
    print(
        f"\nAdded time for a page of {len(PAGE):,} bytes, in the process (10th percentile of calls in turn)\n"
    )
    print("| variant | added µs | median µs |\n|---|---:|---:|")
    for name, each in results.items():
        print(f"| {name} | {each['added_us']:,.1f} | {each['added_us_median']:,.1f} |")
    ours = results["ReadablePortal"]["added_us"]
    print(f"\nReadablePortal / GZip level 4: {ours / results['GZipMiddleware level 4']['added_us']:.1%}")
    print(f"ReadablePortal / BaseHTTPMiddleware: {ours / results['BaseHTTPMiddleware']['added_us']:.1%}")

    names = [name for name in VARIANTS if "9" not in name]
    rounds = 2 if quick else 40
    firsts: dict[str, list[float]] = {name: [] for name in names}
    servers = {name: Server(name) for name in names}
    try:
        for _ in range(rounds):
            for name in names:
                with servers[name].connect() as connection:
                    ask(connection)  # the first request of a connection is not the one to look at
                    firsts[name].append(ask(connection, "/streamed")[0])
        print("\nA page streamed in ten pieces, 20 ms apart, over loopback: ms to its first byte\n")
        print("| variant | 10th percentile | median |\n|---|---:|---:|")
        for name in names:
            results[name]["first_byte_ms"] = percentile(firsts[name], 0.1) * 1e3
            median = statistics.median(firsts[name]) * 1e3
            print(f"| {name} | {results[name]['first_byte_ms']:.2f} | {median:.2f} |")
        print("\nLoad: 8 clients without pause, over loopback\n")
        print("| variant | pages/s | p50 ms | p99 ms |\n|---|---:|---:|---:|")
        loads: dict[str, list[float]] = {name: [] for name in names}
        share = 0.2 if quick else 2.0
        turns = 1 if quick else 4
        for _ in range(turns):
            for name in names:
                loads[name] += load(servers[name], share, 8)
        for name in names:
            taken = loads[name]
            results[name] |= {
                "pages_per_second": len(taken) / (share * turns),
                "p50_ms": percentile(taken, 0.5) * 1e3,
                "p99_ms": percentile(taken, 0.99) * 1e3,
            }
            each = results[name]
            print(
                f"| {name} | {each['pages_per_second']:,.0f} | {each['p50_ms']:.2f} | {each['p99_ms']:.2f} |"
            )
        count = 100 if quick else 1000
        print(f"\nMemory: {count} clients that have asked for the streamed page and read nothing\n")
        print("| variant | growth MB |\n|---|---:|")
        for name in names:
            results[name]["slow_clients_mb"] = slow_clients(servers[name], count)
            print(f"| {name} | {results[name]['slow_clients_mb']:.1f} |")
    finally:
        for server in servers.values():
            server.__exit__()
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), "utf-8")


if "BENCH_VARIANT" in os.environ:
    app = app_of(os.environ["BENCH_VARIANT"])

if __name__ == "__main__":
    main()
