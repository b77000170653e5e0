"""Articles made by hand for the tests of this room; the texts are our own."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from readable_portal.model import Article, Block, Sentence, Spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from readable_portal.model import BlockKind


@pytest.fixture
def write() -> Callable[..., Article]:
    """Writes an article; a paragraph given as a tuple holds several sentences."""
    return _write


def _write(title: str, *paragraphs: str | tuple[str, ...], lead: str = "") -> Article:
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(((lead,) if lead else ()) + paragraphs):
        parts = (paragraph,) if isinstance(paragraph, str) else paragraph
        text = " ".join(parts)
        kind: BlockKind = "lead" if lead and number == 0 else "paragraph"
        blocks.append(Block(kind=kind, text=text, path=f"body>p:nth-of-type({number + 1})"))
        start = 0
        for part in parts:
            place = text.index(part, start)
            sentences.append(
                Sentence(
                    index=len(sentences),
                    block=number,
                    start=place,
                    end=place + len(part),
                    text=part,
                    spoken=Spoken(text=part, spans=()),
                )
            )
            start = place + len(part)
    return Article(
        url="https://portal.example/tin/1",
        title=title,
        lead=lead,
        blocks=tuple(blocks),
        sentences=tuple(sentences),
        text="\n".join(block.text for block in blocks),
        digest="0" * 64,
    )


class Model:
    """A chat server on the loopback that says what the test wants, and remembers what it was asked."""

    def __init__(self) -> None:
        self.says = ""
        self.status = 200
        self.raw: bytes | None = None
        self.delay = 0.0
        self.drip: float | None = None
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                model.asked.append(json.loads(self.rfile.read(length)) | {"path": self.path})
                model.headers.append({name.lower(): value for name, value in self.headers.items()})
                time.sleep(model.delay)
                message = {"role": "assistant", "content": model.says}
                body = json.dumps({"choices": [{"index": 0, "message": message}]}).encode()
                body = body if model.raw is None else model.raw
                with contextlib.suppress(OSError):  # the client may be gone, that is what slow tests are for
                    self.send_response(model.status)
                    self.send_header("content-type", "application/json")
                    self.send_header("content-length", str(len(body)))
                    self.end_headers()
                    for place in range(0, len(body), 16 if model.drip else len(body)):
                        self.wfile.write(body[place : place + (16 if model.drip else len(body))])
                        time.sleep(model.drip or 0)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def model() -> Iterator[Model]:
    made = Model()
    yield made
    made.close()
