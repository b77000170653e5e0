"""Processes that speak, kept alive: whatever a C library does, the portal goes on.

A worker (``worker.py``) reads requests from its standard input and answers on its standard output. Each
message is a length (4 bytes, big-endian) and that many bytes: JSON, then an answer's samples. The first
message of a worker says that it is ready, and what it is::

    worker -> {"ready": true, "version": "1.52.0", "sample_rate": 22050}
    portal -> {"text": "xin chào", "voice": "vi", "rate": 1.0}
    worker -> {"words": [[0, 3, 0, 5512], …]}  samples       (start, end in characters; first, last sample)
    worker -> {"error": "…", "rejected": true}  (empty)       this text cannot be spoken
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import queue
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from readable_portal.errors import SpeechRejected, SpeechUnavailable
from readable_portal.logs import event

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Answer", "WorkerPool"]

log = logging.getLogger(__name__)

# A worker that cannot even start is tried again after 0.1, 0.2, 0.4 … seconds, at most this many.
_LONGEST_BACK_OFF = 5.0
# The same text ends a worker twice by a crash or by hanging: it is the text. Deaths by another's hand
# (the kernel short of memory, an operator) say nothing about the text and get more tries.
_CRASHES_OF_ONE_TEXT = 2
_TRIES_OF_ONE_TEXT = 20
_STRANGERS = {
    -int(getattr(signal, name))
    for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT")
    if hasattr(signal, name)
}


class Answer(NamedTuple):
    """What a worker said: the JSON part and the samples."""

    head: dict[str, Any]
    pcm: bytes


class _WorkerDied(Exception):
    """The worker ended in the middle; ``by_text`` is false when somebody else ended it."""

    def __init__(self, *, by_text: bool) -> None:
        super().__init__()
        self.by_text = by_text


class _Worker:
    """One process and its pipe. Used by one thread at a time."""

    def __init__(self, command: Sequence[str], *, start_timeout: float) -> None:
        # In a session of its own, Ctrl-C in the terminal of the portal ends the portal, which ends us.
        self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._end = weakref.finalize(self, _end, self._process)
        self._timed_out = False
        try:
            self.hello = self._read_head(start_timeout)
        except _WorkerDied as death:
            if not death.by_text:
                raise
            self.hello = {"error": "it ended before it was ready"}
        if not self.hello.get("ready"):
            self.end()
            raise SpeechUnavailable(
                f"the speech worker did not start: {self.hello.get('error', 'no reason given')}"
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, request: Mapping[str, Any], *, timeout: float) -> Answer:
        """Send a request and read the answer.

        Raises:
            _WorkerDied: The process ended, or took longer than ``timeout`` seconds and was ended.
        """
        body = json.dumps(request).encode()
        try:
            _pipe(self._process.stdin).write(struct.pack(">I", len(body)) + body)
            _pipe(self._process.stdin).flush()
        except (OSError, ValueError) as error:
            # ValueError: another thread has ended the worker and closed its pipes.
            raise self._died() from error
        head = self._read_head(timeout)
        return Answer(head, b"" if "error" in head else self._read(timeout))

    def end(self) -> None:
        self._end()

    def _read_head(self, timeout: float) -> dict[str, Any]:
        head: dict[str, Any] = json.loads(self._read(timeout))
        return head

    def _read(self, timeout: float) -> bytes:
        watch = threading.Timer(timeout, self._give_up)
        watch.daemon = True
        watch.start()
        try:
            length = struct.unpack(">I", self._exactly(4))[0]
            return self._exactly(length)
        finally:
            watch.cancel()

    def _exactly(self, length: int) -> bytes:
        try:
            read = _pipe(self._process.stdout).read(length)
        except (OSError, ValueError) as error:
            # ValueError: another thread has ended the worker and closed its pipes.
            raise self._died() from error
        if len(read) < length:
            raise self._died()
        return read

    def _give_up(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _died(self) -> _WorkerDied:
        try:
            code = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            code = 0
        self.end()
        return _WorkerDied(by_text=self._timed_out or code not in _STRANGERS)


class WorkerPool:
    """A few workers behind threads of their own. Safe to use from any event loop, and after a fork.

    Args:
        speaker: The module that a worker loads, and its arguments.
        workers: How many processes at most. They start when first needed.
        timeout: Seconds for one text, plus one for each 500 characters; a worker that takes longer hangs.
        start_timeout: Seconds until a worker must be ready. A neural model takes some to load.
    """

    def __init__(
        self, speaker: Sequence[str], *, workers: int = 2, timeout: float = 10.0, start_timeout: float = 20.0
    ) -> None:
        self._command = [python(), "-I", str(Path(__file__).with_name("worker.py")), *speaker]
        self._workers = workers
        self._timeout = timeout
        self._start_timeout = start_timeout
        self._lock = threading.Lock()
        self._owner = 0
        self._threads: ThreadPoolExecutor | None = None
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._alive: set[_Worker] = set()
        self._failures = 0
        self._generation = 0
        self.restarts = 0

    async def ask(self, request: Mapping[str, Any]) -> Answer:
        """Have a worker answer. Waits for a free one; never blocks the event loop.

        Raises:
            SpeechRejected: This request ended a worker twice, or the worker refuses it.
            SpeechUnavailable: No worker can be started.
        """
        return await asyncio.get_running_loop().run_in_executor(
            self._executor(), self._ask, request, self._generation
        )

    async def hello(self) -> dict[str, Any]:
        """What a worker says of itself; starts one if there is none.

        Raises:
            SpeechUnavailable: No worker can be started.
        """
        return await asyncio.get_running_loop().run_in_executor(self._executor(), self._hello)

    @property
    def pids(self) -> list[int]:
        """The processes that live now."""
        with self._lock:
            return [worker.pid for worker in self._alive]

    def close(self) -> None:
        """End the workers and wait for their threads. The next request starts new ones."""
        with self._lock:
            threads, self._threads = self._threads, None
            alive, self._alive = self._alive, set()
            self._idle = queue.LifoQueue()
            self._generation += 1
        for worker in alive:
            worker.end()
        if threads is not None:
            threads.shutdown(wait=True, cancel_futures=True)

    def _executor(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._threads is None or self._owner != os.getpid():
                # After a fork the parent's workers and threads are not ours.
                self._owner = os.getpid()
                self._idle, self._alive = queue.LifoQueue(), set()
                self._threads = ThreadPoolExecutor(self._workers, thread_name_prefix="speech")
            return self._threads

    def _hello(self) -> dict[str, Any]:
        worker = self._take()
        self._idle.put(worker)
        return worker.hello

    def _ask(self, request: Mapping[str, Any], generation: int) -> Answer:
        timeout = self._timeout + len(request.get("text", "")) / 500
        crashes = 0
        for _ in range(_TRIES_OF_ONE_TEXT):
            if generation != self._generation:
                raise SpeechUnavailable("the speech workers are being ended")
            worker = self._take()
            try:
                answer = worker.ask(request, timeout=timeout)
            except _WorkerDied as death:
                self._forget(worker, generation)
                crashes += death.by_text
                if crashes == _CRASHES_OF_ONE_TEXT:
                    raise SpeechRejected(
                        "this text ended the speech worker twice; it is not tried again"
                    ) from death
                continue
            self._idle.put(worker)
            if "error" in answer.head:
                kind = SpeechRejected if answer.head.get("rejected") else SpeechUnavailable
                raise kind(f"the speech worker says: {answer.head['error']}")
            return answer
        raise SpeechUnavailable(
            "the speech workers are ended from outside again and again; see the system's log"
        )

    def _take(self) -> _Worker:
        with contextlib.suppress(queue.Empty):
            return self._idle.get_nowait()
        if self._failures:
            time.sleep(min(0.05 * 2**self._failures, _LONGEST_BACK_OFF))
        try:
            worker = self._start()
        except SpeechUnavailable:
            self._failures += 1
            raise
        except OSError as error:
            self._failures += 1
            raise SpeechUnavailable(f"the speech worker could not be started: {error}") from error
        self._failures = 0
        with self._lock:
            self._alive.add(worker)
        return worker

    def _start(self) -> _Worker:
        """Start a worker; one that somebody ends before it is ready is started anew."""
        for _ in range(_TRIES_OF_ONE_TEXT):
            with contextlib.suppress(_WorkerDied):
                return _Worker(self._command, start_timeout=self._start_timeout)
            self.restarts += 1
        raise SpeechUnavailable("the speech workers are ended from outside before they are ready")

    def _forget(self, worker: _Worker, generation: int) -> None:
        self.restarts += 1
        if generation == self._generation:
            # Not one that we end ourselves.
            log.warning("a process that speaks ended", extra=event("speaker-ended", restarts=self.restarts))
        with self._lock:
            self._alive.discard(worker)


def python() -> str:
    """The interpreter. Inside uWSGI and the like ``sys.executable`` is the server, not Python."""
    if sys.executable and Path(sys.executable).name.lower().startswith("python"):
        return sys.executable
    beside = [Path(sys.prefix, "bin", "python3"), Path(sys.prefix, "python.exe")]
    return next((str(path) for path in beside if path.exists()), shutil.which("python3") or sys.executable)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("the worker has no pipe")
    return pipe


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()
