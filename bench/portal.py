"""A province's readers on one machine: `python bench/portal.py [--quick]`.

A portal of 10,000 articles behind our middleware, in one, two and four processes; readers come by Zipf's law
(a few articles are read by many), 200 at a time. A reader takes the page and the article's JSON; every fourth
the summary, every twentieth listens to the whole, and comes back when too many listen. Printed for each
number of workers, with an empty store and then for the same readers again: readers and requests a second,
how many articles were read afresh, seconds of speech made, listeners put off, the size of the store, and the
processor time for 1,000 readers. The clients run on the same machine and the voice uses all its processors,
so read the processor time, not the height.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from readable_portal import ReadablePortal

if TYPE_CHECKING:
    from starlette.requests import Request

CONCURRENT = 200
HERE = Path(__file__).parent
SENTENCES = [
    "Ủy ban nhân dân xã {n} thông báo lịch tiếp công dân tháng {m} tại trụ sở.",
    "Người dân mang theo giấy tờ tùy thân và đơn đề nghị đã ký.",
    "Hồ sơ được giải quyết trong {m} ngày làm việc, kể từ ngày nhận đủ giấy tờ.",
    "Kinh phí thực hiện là {n} triệu đồng, do ngân sách tỉnh cấp.",
    "Mọi thắc mắc xin gọi số 0290 3000 {n:03d} trong giờ hành chính.",
    "Theo Kế hoạch số {n}/KH-UBND ngày {m}/3/2026, các xã báo cáo trước ngày 30/6/2026.",
]


def page(request: Request) -> HTMLResponse:
    """An article of some 350 words, the same whenever it is asked for."""
    number = request.path_params["number"]
    chance = random.Random(number)
    blocks = "".join(
        "<p>"
        + " ".join(
            chance.choice(SENTENCES).format(n=chance.randint(1, 999), m=chance.randint(1, 12))
            for _ in range(4)
        )
        + "</p>"
        for _ in range(6)
    )
    menu = "".join(f'<li><a href="/tin/{other}">Tin số {other}</a></li>' for other in range(60))
    return HTMLResponse(
        f"<!doctype html><html lang=vi><head><title>Thông báo số {number}</title></head><body><ul>{menu}</ul>"
        f"<div class=content><h1>Thông báo số {number}</h1><p class=date>08:46 15/03/2026</p>{blocks}</div>"
        "</body></html>"
    )


def make_app() -> ReadablePortal:
    """The portal, with settings from the environment."""
    return ReadablePortal(Starlette(routes=[Route("/tin/{number:int}", page)]))


class Server:
    """The portal in some processes."""

    def __init__(self, workers: int, store: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        numbers = store.parent / "numbers"
        shutil.rmtree(numbers, ignore_errors=True)
        numbers.mkdir()
        environment = os.environ | {
            "READABLE_PORTAL_STORE": store.as_uri(),
            "READABLE_PORTAL_METRICS": "true",
            "READABLE_PORTAL_SPEECH_REQUESTS": "0",
            "READABLE_PORTAL_STORE_LIMIT": str(4 * 1024**3),
            "PROMETHEUS_MULTIPROC_DIR": str(numbers),
        }
        command = (
            f"-m uvicorn --factory portal:make_app --app-dir {HERE} --port {self.port} --workers {workers}"
        )
        self.process = subprocess.Popen(
            [sys.executable, *command.split(), "--log-level", "warning", "--no-access-log"], env=environment
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server did not start")

    def cpu_seconds(self) -> float:
        """Of all processes of the server, those that ended too."""
        ticks = 0.0
        for each in self._family():
            fields = Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")

    def _family(self) -> list[int]:
        found = [self.process.pid]
        for each in found:
            for task in Path(f"/proc/{each}/task").glob("*/children"):
                found += [int(child) for child in task.read_text("ascii").split()]
        return found

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(60)


class Busy(Exception):
    """Too many listen at once; the widget comes back after so many seconds, and so do our readers."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


async def ask(port: int, path: str, pool: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]) -> bytes:
    """GET over a kept connection; the body."""
    asked = f"GET {path} HTTP/1.1\r\nHost: portal\r\nAccept: text/html\r\n\r\n".encode()
    head = b""
    while not head:
        reader, writer = pool.pop() if pool else await asyncio.open_connection("127.0.0.1", port)
        writer.write(asked)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()  # the server had let a quiet connection go
    status = head.partition(b"\r\n")[0]
    if b" 503 " in status and b"retry-after:" in head:
        writer.close()
        raise Busy(float(head.partition(b"retry-after:")[2].partition(b"\r\n")[0]))
    if b" 200 " not in status:
        raise RuntimeError(f"{path}: {head.partition(bytes([13]))[0]!r}")
    if b"transfer-encoding: chunked" in head:
        body = b""
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    else:
        body = await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
    pool.append((reader, writer))
    return body


async def read(port: int, articles: int, readers: int, seed: int) -> Counter[str]:
    """Let the readers come, 200 at a time."""
    chance = random.Random(seed)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, articles + 1)))
    coming = iter(range(readers))
    done: Counter[str] = Counter()
    pool: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def visit() -> None:
        for number in coming:
            (article,) = chance.choices(range(articles), cum_weights=weights)
            where = f"path=%2Ftin%2F{article}"
            await ask(port, f"/tin/{article}", pool)
            await ask(port, f"/_readable/article?{where}", pool)
            done["requests"] += 2
            if number % 4 == 0:
                await ask(port, f"/_readable/summary?{where}", pool)
                done["requests"] += 1
            if number % 20 == 0:
                while True:
                    done["requests"] += 1
                    try:
                        await ask(port, f"/_readable/speech?{where}", pool)
                        break
                    except Busy as busy:
                        done["put off"] += 1
                        await asyncio.sleep(busy.seconds)
                done["listened"] += 1
            done["readers"] += 1

    await asyncio.gather(*(visit() for _ in range(min(CONCURRENT, readers))))
    done["articles"] = int(await counted(port, 'readable_portal_articles_total{outcome="read"}'))
    done["speech"] = int(await counted(port, 'readable_portal_speech_seconds_total{engine="espeak"}'))
    for _, writer in pool:
        writer.close()
    return done


async def counted(port: int, name: str) -> float:
    """A number of the server's own."""
    text = (await ask(port, "/_readable/metrics", [])).decode()
    return next((float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name)), 0.0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=4_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--quick", action="store_true", help="200 articles, 100 readers, one worker")
    options = parser.parse_args()
    if options.quick:
        options.articles, options.readers, options.workers = 200, 100, [1]
    print(f"{options.articles} articles, {options.readers} readers, {CONCURRENT} at once")
    head = (
        "workers",
        "readers/s",
        "requests/s",
        "read afresh",
        "spoken s",
        "put off",
        "store MB",
        "CPU s / 1000 readers",
    )
    print("  ".join(f"{title:>12}" for title in head))
    for workers in options.workers:
        with tempfile.TemporaryDirectory() as folder:
            server = Server(workers, Path(folder) / "store")
            before: Counter[str] = Counter()
            try:
                for name in (f"{workers}", f"{workers}, again"):
                    began, used = time.perf_counter(), server.cpu_seconds()
                    done = asyncio.run(read(server.port, options.articles, options.readers, workers))
                    seconds, used = time.perf_counter() - began, server.cpu_seconds() - used
                    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
                    row = (
                        name,
                        f"{done['readers'] / seconds:.0f}",
                        f"{done['requests'] / seconds:.0f}",
                        f"{100 * (done['articles'] - before['articles']) / done['readers']:.0f} %",
                        f"{done['speech'] - before['speech']}",
                        f"{done['put off']}",
                        f"{size / 1e6:.1f}",
                        f"{1000 * used / done['readers']:.1f}",
                    )
                    print("  ".join(f"{cell:>12}" for cell in row), flush=True)
                    before = done
            finally:
                server.stop()


if __name__ == "__main__":
    main()
