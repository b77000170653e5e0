"""Starts the examples under the servers that people use, each in a process of its own, on a real socket."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FRAMEWORKS = ["starlette", "fastapi", "django", "litestar", "quart"]
SERVERS = {
    "uvicorn h11": ["-m", "uvicorn", "--http", "h11", "--port", "{port}", "{app}"],
    "uvicorn httptools": ["-m", "uvicorn", "--http", "httptools", "--port", "{port}", "{app}"],
    "hypercorn": ["-m", "hypercorn", "--bind", "127.0.0.1:{port}", "{app}"],
    "granian": ["-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", "{port}", "{app}"],
    "daphne": ["-m", "daphne", "-b", "127.0.0.1", "-p", "{port}", "{app}"],
}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serving(server: str, app: str, folder: Path, **environment: str) -> Iterator[int]:
    """Serve ``app`` (``module:name`` in ``folder``); the port."""
    port = free_port()
    command = [part.format(port=port, app=app) for part in SERVERS[server]]
    variables = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{folder}"} | environment
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                running = process.poll() is None and time.monotonic() < until
                assert running, _output(process)
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        if process.stdout:
            process.stdout.close()


def _output(process: subprocess.Popen[bytes]) -> str:
    process.kill()
    return (process.stdout.read() if process.stdout else b"").decode("utf-8", "replace")
