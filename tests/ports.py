"""Ports of this machine, for tests that start servers as processes of their own."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for_port(port: int, process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Return once somebody listens.

    Raises:
        AssertionError: The process has ended before that, or a minute has passed.
    """
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert process.poll() is None, "the server ended before it listened"
            assert time.monotonic() < until, "the server did not listen within a minute"
            time.sleep(0.05)
        else:
            return
