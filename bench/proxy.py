"""What the proxy costs: `python bench/proxy.py [--quick]`.

A portal in a process of its own, asked directly, through a bare pass-through (uvicorn and httpx2, nothing
else), and through `readable-portal proxy`; the three in turn, all in one run. Requests a second over kept
connections, for a page of 100 kB and for a picture of 20 kB, and the time to the first byte of a page that
is streamed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Receive, Scope, Send

HERE = Path(__file__).parent
CONNECTIONS = 16
PAGE = (
    b"<!doctype html><html lang=vi><head><title>Tin</title></head><body>"
    + "<p>Ủy ban nhân dân tỉnh thông báo lịch tiếp công dân.</p>".encode() * 1500
    + b"</body></html>"
)
PICTURE = bytes(range(256)) * 80


async def streamed(_: Request) -> Response:
    """A page in ten pieces, 20 ms apart."""

    async def pieces() -> AsyncIterator[bytes]:
        size = len(PAGE) // 10 + 1
        for start in range(0, len(PAGE), size):
            yield PAGE[start : start + size]
            await asyncio.sleep(0.02)

    return StreamingResponse(pieces(), media_type="text/html")


def portal() -> ASGIApp:
    """The portal behind the proxies."""
    return Starlette(
        routes=[
            Route("/page", lambda _: HTMLResponse(PAGE)),
            Route("/picture", lambda _: Response(PICTURE, media_type="image/png")),
            Route("/streamed", streamed),
        ]
    )


class Bare:
    """The least that passes a request on."""

    def __init__(self) -> None:
        self.client: httpx2.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one on."""
        if scope["type"] != "http":
            return
        if self.client is None:
            self.client = httpx2.AsyncClient(base_url=os.environ["UPSTREAM"])
        request = Request(scope, receive)
        asked = self.client.build_request(
            request.method, request.url.path, headers=request.headers.raw, content=await request.body()
        )
        answer = await self.client.send(asked, stream=True)
        passed = StreamingResponse(answer.aiter_raw(), status_code=answer.status_code)
        passed.raw_headers = [pair for pair in answer.headers.raw if pair[0].lower() != b"transfer-encoding"]
        await passed(scope, receive, send)
        await answer.aclose()


def bare() -> ASGIApp:
    """The pass-through to compare with."""
    return Bare()


class Server:
    """A server in a process of its own, on a free port."""

    def __init__(self, command: list[str], port: int, upstream: str = "") -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command], env=os.environ | {"UPSTREAM": upstream}
        )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the server did not start")


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def uvicorn(factory: str, port: int) -> list[str]:
    """The command of a server of this module's."""
    options = f"uvicorn --factory proxy:{factory} --app-dir {HERE} --port {port} --log-level warning"
    return options.split()


async def rate(address: str, path: str, requests: int) -> float:
    """Requests a second over kept connections."""
    coming = iter(range(requests))
    limits = httpx2.Limits(max_connections=CONNECTIONS)
    async with httpx2.AsyncClient(base_url=address, limits=limits, timeout=30) as client:

        async def visit() -> None:
            for _ in coming:
                (await client.get(path, headers={"Accept": "text/html"})).raise_for_status()

        began = time.perf_counter()
        await asyncio.gather(*(visit() for _ in range(CONNECTIONS)))
        return requests / (time.perf_counter() - began)


def first_byte(address: str) -> float:
    """Milliseconds to the first byte of the streamed page."""
    began = time.perf_counter()
    with httpx2.stream("GET", f"{address}/streamed") as answer:
        next(answer.iter_raw())
        return 1000 * (time.perf_counter() - began)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    requests, rounds = (50, 1) if quick else (1500, 5)
    ports = [free_port() for _ in range(3)]
    upstream = f"http://127.0.0.1:{ports[0]}"
    ours = ["readable_portal", "proxy", upstream, "--listen", f"127.0.0.1:{ports[2]}"]
    servers = {
        "portal itself": Server(uvicorn("portal", ports[0]), ports[0]),
        "bare pass-through": Server(uvicorn("bare", ports[1]), ports[1], upstream),
        "readable-portal": Server(ours, ports[2]),
    }
    results: dict[str, dict[str, Any]] = {name: {"page": [], "picture": [], "first": []} for name in servers}
    try:
        for _ in range(rounds):
            for name, server in servers.items():
                results[name]["page"].append(asyncio.run(rate(server.address, "/page", requests)))
                results[name]["picture"].append(asyncio.run(rate(server.address, "/picture", requests)))
                results[name]["first"].append(first_byte(server.address))
    finally:
        for server in servers.values():
            server.process.terminate()
            server.process.wait(60)
    print(
        f"{'':18}  {'pages/s':>10}  {'of bare':>8}  {'pictures/s':>10}  {'of bare':>8}  {'first byte ms':>13}"
    )
    best = {name: {key: max(values) for key, values in each.items()} for name, each in results.items()}
    compared = best["bare pass-through"]
    for name, each in best.items():
        page, picture = each["page"], each["picture"]
        first = statistics.median(results[name]["first"])
        print(
            f"{name:18}  {page:10.0f}  {page / compared['page']:8.2f}  {picture:10.0f}"
            f"  {picture / compared['picture']:8.2f}  {first:13.1f}"
        )


if __name__ == "__main__":
    main()
