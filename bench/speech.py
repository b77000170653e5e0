"""How soon speech begins, how fast it is made, what it costs.

    python bench/speech.py [--cpu 0]

A sentence and an article of 1,000 written words (real text of the demo portal), espeak with a warm worker:
first audio byte and whole, as times real time and as CPU seconds (server and worker together, which a busy
machine does not change); then over HTTP from memory and from the store beside a plain static file of the same
size, in turns, in one run; then one and sixteen clients that each want another article. All on one core.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from readable_portal.model import Article, Block, Sentence
from readable_portal.portal import Client
from readable_portal.settings import Settings
from readable_portal.speech.espeak import Espeak
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store
from readable_portal.vietnamese import split_sentences, verbalize
from readable_portal.web.audio import Audio

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readable_portal.speech.recording import Recording

HOME = Path(__file__).parents[1]
PAGES = HOME / "examples/demo_portal/articles"
WORDS = 1_000
TURNS = 60
TICKS = os.sysconf("SC_CLK_TCK")


def article(number: int) -> Article:
    """An article of 1,000 words; another number, other sentences."""
    pages = [page for page in sorted(PAGES.glob("*.html")) if "temporary" not in page.name]
    texts = [page.read_text("utf-8") for page in (HOME / "tests/demo/seed_article.txt", *pages)]
    plain = re.sub(r"<[^>]+>|&\w+;", " ", "\n".join(texts))
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    words = 0
    for line in filter(None, (" ".join(line.split()) for line in plain.splitlines())):
        for part in split_sentences(line):
            text = f"Lần {number} {part}"
            if words < WORDS:
                place, end, said = len(sentences), len(text), verbalize(text)
                sentences.append(Sentence(index=place, block=place, start=0, end=end, text=text, spoken=said))
                blocks.append(Block(kind="paragraph", text=text, path="p"))
                words += len(text.split())
    return Article(
        url="",
        title=f"Bài thử số {number}",
        blocks=tuple(blocks),
        sentences=tuple(sentences),
        text="\n".join(block.text for block in blocks),
        digest=f"bench-{number}",
    )


def ms(seconds: Iterable[float]) -> str:
    """Median, best and worst."""
    found = sorted(1e3 * each for each in seconds)
    return f"{statistics.median(found):.2f} ms (best {found[0]:.2f}, worst {found[-1]:.2f})"


def memory(pid: int) -> float:
    """Resident memory in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0


def cpu_seconds(pids: list[int]) -> float:
    """Of this process and of the workers."""
    total = sum(os.times()[:2])
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


async def timed(recording: Recording, begun: float) -> tuple[float, float]:
    """Seconds to the first audio byte and to the last."""
    first, came = 0.0, 0
    head = recording.size
    async for piece in recording.follow():
        came += len(piece)
        if not first and came > head:
            first = time.perf_counter() - begun
    return first, time.perf_counter() - begun


async def making() -> None:
    """Cold: nothing in the store, the worker warm."""
    engine = Espeak(workers=1)
    service = SpeechService(Settings(speech_workers=1), Store("memory:///"), engines=[engine])
    await service.sentence("Xin chào.", verbalize("Xin chào."))
    sentence = "Kế hoạch số 39/KH-UBND của UBND tỉnh Kiên Giang về phòng, chống dịch bệnh năm 2019"
    times = []
    for number in range(20):
        text = f"{sentence}, lần {number}."
        begun = time.perf_counter()
        speech = await service.sentence(text, verbalize(text))
        times.append(time.perf_counter() - begun)
    print(f"a sentence of {speech.duration_ms / 1000:.1f} s: whole in {ms(times)}")
    firsts, rows = [], []
    for number in range(6):
        wanted = article(number)
        await service.texts(wanted)  # put into words already, as for the article's own answer
        used = cpu_seconds(engine.pool.pids)
        begun = time.perf_counter()
        recording = await service.record(wanted)
        first, whole = await timed(recording, begun)
        firsts.append(first)
        rows.append((whole, cpu_seconds(engine.pool.pids) - used, recording.duration_ms / 1000))
    whole, used, seconds = min(rows)
    words = sum(len(each.text.split()) for each in wanted.sentences)
    print(f"an article of {words} words, {len(wanted.sentences)} sentences, {seconds:.0f} s of sound, cold:")
    print(f"  first audio byte {ms(firsts)}; whole {ms(each[0] for each in rows)}")
    print(f"  the best {seconds / whole:.0f} x real time; CPU {used:.2f} s, {seconds / used:.0f} x real time")
    print(f"  memory of the worker {memory(engine.pool.pids[0]):.1f} MB")
    await service.close()


class Portal:
    """Serves the bench's articles by number."""

    def __init__(self, store: Store) -> None:
        self.settings = Settings(speech_workers=1)
        self.speech = SpeechService(self.settings, store, engines=[Espeak(workers=1)])
        self.known: dict[str, Article] = {}

    async def article(self, path: str, *, client: Client | None = None) -> Article:
        """Made when first asked for."""
        del client
        if path not in self.known:
            self.known[path] = article(int(path.strip("/")))
        return self.known[path]


class Place:
    """A path of the bench's portal."""

    def __init__(self, portal: Portal, path: str) -> None:
        self.portal, self.path, self.client = portal, path, Client()


def app_of(portal: Portal, folder: str) -> Starlette:
    """Speech, a folder of files, and a way to empty the memory."""
    audio = Audio(lambda request: Place(portal, request.query_params["path"]), speech=lambda _: portal.speech)

    async def forget(_: Any) -> Response:
        """Nothing in memory any more: the next answer comes from the store."""
        portal.speech._kept.clear()  # noqa: SLF001 - the bench compares both
        return Response()

    static = Mount("/static", StaticFiles(directory=folder))
    return Starlette(routes=[Route("/speech", audio.speech), Route("/forget", forget), static])


async def first_byte(client: httpx2.AsyncClient, path: str) -> float:
    """Seconds to the first bytes of the body, which hold the first sound."""
    begun, first = time.perf_counter(), 0.0
    async with client.stream("GET", path) as answer:
        answer.raise_for_status()
        async for _ in answer.aiter_raw():
            first = first or time.perf_counter() - begun
    return first


async def serving(address: str, portal: Portal, static: Path) -> None:
    """Cached answers beside a static file, then clients that want what is not there yet."""
    limits = httpx2.Limits(max_connections=32)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        whole = (await client.get("/speech?path=/0")).content
        (static / "same.mp3").write_bytes(whole)
        times: dict[str, list[float]] = {"static file": [], "from memory": [], "from the store": []}
        for _ in range(TURNS):
            times["static file"].append(await first_byte(client, "/static/same.mp3"))
            times["from memory"].append(await first_byte(client, "/speech?path=/0"))
            await client.get("/forget")
            times["from the store"].append(await first_byte(client, "/speech?path=/0"))
        print(f"cached, {len(whole)} bytes over HTTP, first byte:")
        for name, found in times.items():
            print(f"  {name:<15} {ms(found)}")
        for clients, start in ((1, 100), (16, 200)):
            paths = [f"/{start + number}" for number in range(clients)]
            for path in paths:
                await portal.article(path)
            begun = time.perf_counter()
            found = await asyncio.gather(*[first_byte(client, f"/speech?path={path}") for path in paths])
            print(f"{clients} at once, each another new article: first byte {ms(found)};", end=" ")
            print(f"all whole in {time.perf_counter() - begun:.2f} s")


def main() -> None:
    """Everything on one core, the server in a thread."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cpu", type=int, default=0, help="the core that everything runs on")
    os.sched_setaffinity(0, {options.parse_args().cpu})
    asyncio.run(making())
    with tempfile.TemporaryDirectory() as folder:
        static = Path(folder, "static")
        static.mkdir()
        portal = Portal(Store(Path(folder, "store").as_uri()))
        config = uvicorn.Config(app_of(portal, str(static)), port=0, log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        asyncio.run(serving(f"http://127.0.0.1:{port}", portal, static))
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
