"""What runs in a worker process: reads requests, answers with sound. Only the standard library.

It runs apart from the package (``python -I worker.py SPEAKER …``), so that what a speaker loads (espeak-ng is
under the GPL-3.0 and not thread-safe; a neural model is large) lives and dies alone. SPEAKER is the path of a
module with ``create(*arguments)``, which returns an object with ``hello`` (a dict) and
``speak(request) -> (words, pcm)``. The messages are described in ``workers.py``.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import struct
import sys
from typing import Any, BinaryIO

# A portal comes before its speech: 5 of 19 lets a busy machine answer pages first.
NICENESS = 5


def main(speaker: str, *arguments: str) -> None:
    """Answer until the portal closes the pipe."""
    incoming, outgoing = sys.stdin.buffer, _own_output()
    _step_back()
    try:
        voice = _load(speaker).create(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever a library raises, the portal is told
        _send(outgoing, {"ready": False, "error": f"{type(error).__name__}: {error}"})
        return
    _send(outgoing, {"ready": True, **voice.hello})
    while True:
        request = json.loads(_exactly(incoming, struct.unpack(">I", _exactly(incoming, 4))[0]))
        try:
            words, pcm = voice.speak(request)
        except LookupError as error:
            _send(outgoing, {"error": str(error)})
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the portal is told
            _send(outgoing, {"error": f"{type(error).__name__}: {error}", "rejected": True})
        else:
            _send(outgoing, {"words": words}, pcm)


def _own_output() -> BinaryIO:
    """The pipe to the portal. Whatever a library prints goes nowhere instead of between our messages."""
    ours = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return ours


def _step_back() -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICENESS)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        # A crash is part of the plan; no core file of it.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _load(path: str) -> Any:
    spec = importlib.util.spec_from_file_location("speaker", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    """Read that many bytes, or end: the portal is gone."""
    read = pipe.read(length)
    if len(read) < length:
        raise SystemExit(0)
    return read


def _send(pipe: BinaryIO, head: dict[str, Any], *more: bytes) -> None:
    for message in (json.dumps(head).encode(), *more):
        pipe.write(struct.pack(">I", len(message)))
        pipe.write(message)
    pipe.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
