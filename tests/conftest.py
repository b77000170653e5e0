"""What many tests share: a real server on a real socket."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpcore2
import hypothesis
import pytest
import uvicorn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# A busy machine must not fail a test. CI tries the same cases each time, people try new ones.
hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tests")

# To read a machine's 140 certificate authorities takes 30 ms. Tests make a thousand clients, which ask this
# machine, without TLS.
httpcore2.default_ssl_context = functools.cache(httpcore2.default_ssl_context)


class Server(uvicorn.Server):
    """Asks every 10 ms whether it should end; hundreds of tests would wait for uvicorn's 100."""

    async def main_loop(self) -> None:
        while not await self.on_tick(0):  # noqa: ASYNC110 - what is set to end it is no event
            await asyncio.sleep(0.01)


@contextmanager
def running(app: Any, **options: Any) -> Iterator[str]:
    """Serve an ASGI app on a free port of this machine; the address, without a slash at its end."""
    server, thread, address = start(app, **options)
    try:
        yield address
    finally:
        stop([(server, thread)])


def start(app: Any, **options: Any) -> tuple[Server, threading.Thread, str]:
    """A server that runs until it is told to end, its thread and its address."""
    # Forwarded headers are not believed, as on a server that nobody has told to trust its peers.
    defaults: dict[str, Any] = {"log_level": "warning", "ws": "websockets-sansio", "proxy_headers": False}
    config = uvicorn.Config(app, host="127.0.0.1", port=0, **(defaults | options))
    server = Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < until, "the server did not start in time"
        time.sleep(0.01)
    return server, thread, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def stop(servers: Sequence[tuple[Server, threading.Thread]]) -> None:
    """End servers; they need not wait for one another."""
    for server, _ in servers:
        server.should_exit = True
    for _, thread in servers:
        thread.join(20)


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Start servers for one test: ``serve(app, **uvicorn_options) -> address``."""
    running: list[tuple[Server, threading.Thread]] = []

    def one(app: Any, **options: Any) -> str:
        server, thread, address = start(app, **options)
        running.append((server, thread))
        return address

    yield one
    # The last first, as it may ask the others.
    stop(running[::-1])


@pytest.fixture
def ends() -> Iterator[None]:
    """Fail a test that does not end: a guard against work that grows with the square, no measure of speed."""

    def stop(*_: object) -> None:
        pytest.fail("it did not end within two minutes")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
