"""Starts the examples under the servers that people use, each in a process of its own, on a real socket."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ports import free_port, wait_for_port

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
        try:
            wait_for_port(port, process)
        except AssertionError as failed:
            raise AssertionError(_output(process)) from failed
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
