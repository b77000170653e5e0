"""What many tests share: a real server on a real socket."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import uvicorn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A busy machine must not fail a test. CI tries the same cases each time, people try new ones.
hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tests")


@contextmanager
def running(app: Any, **options: Any) -> Iterator[str]:
    """Serve an ASGI app on a free port of this machine; the address, without a slash at its end."""
    # Forwarded headers are not believed, as on a server that nobody has told to trust its peers.
    defaults: dict[str, Any] = {"log_level": "warning", "ws": "websockets-sansio", "proxy_headers": False}
    config = uvicorn.Config(app, host="127.0.0.1", port=0, **(defaults | options))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < until, "the server did not start in time"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Start servers for one test: ``serve(app, **uvicorn_options) -> address``."""
    with ExitStack() as stack:
        yield lambda app, **options: stack.enter_context(running(app, **options))


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
