"""Workers killed while they speak: `python bench/warm_under_kills.py [--quick]`.

A portal of 1,000 short articles, each other than the rest, is warmed (`readable-portal warm`) through a real
Redis by two real workers (`readable-portal worker`) over one store; every few seconds one of them that has
spoken is killed (SIGKILL) and a new one takes its place. Then every article is looked at: its recording and
marks are there and whole, every sentence lies in the store, and how many sentences an engine has spoken more
than once (the workers' logs say each one, also those whose worker died before it could keep them).

Exit status 1 if a sentence is lost or more than 1 % were made twice.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import itertools
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from readable_portal.page.article import read_article
from readable_portal.settings import Settings
from readable_portal.speech.clips import Clip, clip_key
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store

SOURCE = Path(__file__).parents[1] / "src"
MOST_TWICE = 0.01
# In the log of a worker, a line for each sentence.
SPOKEN = b'"sentence-made"'
# 1,000 articles take some 400 MB: with the setting's default the first ones would make room for the last.
STORE_LIMIT = 4 * 1024**3
WHO = [
    "Ủy ban nhân dân xã",
    "Trạm y tế xã",
    "Công an phường",
    "Trường tiểu học",
    "Hội nông dân huyện",
    "Sở Giao thông vận tải",
    "Chi cục Thuế khu vực",
    "Bưu điện tỉnh",
    "Trung tâm văn hóa",
    "Ban quản lý chợ",
]
PLACES = [
    "Hòa Bình",
    "Tân Tiến",
    "Phú Mỹ",
    "An Thạnh",
    "Đông Sơn",
    "Bình Minh",
    "Lộc Ninh",
    "Vĩnh Hưng",
    "Khánh An",
    "Thới Bình",
    "Nậm Cắn",
    "Ea Súp",
    "Sa Thầy",
    "Mường Lát",
    "Cái Nước",
]
WHAT = [
    "tiếp công dân",
    "tiêm vắc xin cho trẻ em",
    "thu phí rác thải",
    "sửa đường liên thôn",
    "cấp lại sổ hộ nghèo",
    "khám sức khỏe cho người cao tuổi",
    "cắt điện để bảo trì",
    "nhận hồ sơ tuyển sinh",
    "trồng cây phân tán",
    "phun thuốc diệt muỗi",
    "đăng ký khai sinh lưu động",
    "tập huấn phòng cháy",
]
SENTENCES = (
    "{who} {place} bắt đầu {what} từ {hour} giờ ngày {day} tháng {month} năm 2026.",
    "Người dân của {count} hộ tại thôn {place} cần đến trước ngày {day}/{month}/2026.",
    "Kinh phí cho việc {what} là {count} triệu đồng, lấy từ ngân sách năm 2026.",
    "Mọi thắc mắc về việc {what}, xin gọi {who} {place}, máy lẻ {count}.",
    "Đến nay đã có {count} người ở {place} được phục vụ, tăng {day} người so với tháng {month}.",
    "Ai ở xa có thể gửi giấy tờ qua bưu điện {place} trong {day} ngày làm việc.",
    "Theo kế hoạch số {count}, việc {what} kéo dài {day} ngày và do {who} {place} chủ trì.",
    "Trẻ em dưới {day} tuổi ở {place} đi cùng cha mẹ, mang theo {count} nghìn đồng tiền cọc.",
)


class Made(NamedTuple):
    """What the workers' logs say."""

    spoken: int
    twice: int


def article(number: int) -> str:
    """A page of three to six sentences that no other page has."""
    chance = random.Random(number)
    title = f"{chance.choice(WHO)} {chance.choice(PLACES)} {chance.choice(WHAT)}, đợt {number + 1}"
    lines = [
        each.format(
            who=chance.choice(WHO),
            place=chance.choice(PLACES),
            what=chance.choice(WHAT),
            hour=chance.randint(6, 17),
            day=chance.randint(2, 28),
            month=chance.randint(1, 12),
            count=number * 6 + place + 2,
        )
        for place, each in enumerate(chance.sample(SENTENCES, chance.randint(3, 6)))
    ]
    menu = "".join(f'<li><a href="/tin/{other}">Tin {other}</a></li>' for other in range(20))
    body = "".join(
        f"<p>{line} {' '.join(lines[place + 1 : place + 2])}</p>"
        for place, line in enumerate(lines)
        if not place % 2
    )
    return (
        f"<!doctype html><html lang=vi><head><title>{title}</title></head><body><ul>{menu}</ul>"
        f"<div class=content><h1>{title}</h1><p class=date>08:46 15/03/2026</p>{body}</div></body></html>"
    )


class Portal:
    """The articles and their sitemap, over HTTP."""

    def __init__(self, articles: int) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                kind, body = outer.answer(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.articles = articles
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> tuple[str, bytes]:
        """Media type and body; none where there is nothing."""
        if path == "/sitemap.xml":
            entries = "".join(
                f"<url><loc>{self.address}/tin/{number}</loc></url>" for number in range(self.articles)
            )
            return "application/xml", f"<urlset>{entries}</urlset>".encode()
        if path.startswith("/tin/"):
            return "text/html; charset=utf-8", article(int(path.rpartition("/")[2])).encode()
        return "text/plain", b""


class Redis:
    """A server of our own, which keeps nothing."""

    def __init__(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            sys.exit("redis-server is not installed")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"redis://127.0.0.1:{port}/0"
        self.process = subprocess.Popen(
            [program, "--port", str(port), "--save", "", "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        sys.exit("redis-server did not start")


class Worker(NamedTuple):
    """One, and its log."""

    process: subprocess.Popen[bytes]
    log: Path


class Workers:
    """Two workers, each in its place; a killed one is followed by another."""

    def __init__(self, redis: str, store: str, logs: Path) -> None:
        self.command = [sys.executable, "-m", "readable_portal", "worker", "--jobs", redis, "--store", store]
        self.logs = logs
        self.number = itertools.count()
        self.running: list[Worker] = [self.start(), self.start()]
        self.kills = 0

    def start(self) -> Worker:
        """One more, with a log of its own."""
        environment = os.environ | {
            "PYTHONPATH": str(SOURCE),
            "READABLE_PORTAL_STORE_LIMIT": str(STORE_LIMIT),
            "READABLE_PORTAL_LOG_LEVEL": "debug",
            "READABLE_PORTAL_LOG_FORMAT": "json",
        }
        path = self.logs / f"{next(self.number)}.jsonl"
        with path.open("wb") as log:
            return Worker(subprocess.Popen(self.command, env=environment, stdout=log, stderr=log), path)

    def kill(self, place: int) -> bool:
        """End one at once and put another there, unless it has yet to speak: on a busy machine none would."""
        process, log = self.running[place]
        if SPOKEN not in log.read_bytes():
            return False
        process.kill()
        process.wait()
        self.kills += 1
        self.running[place] = self.start()
        return True

    def stop(self) -> None:
        """End both."""
        for each in self.running:
            each.process.terminate()
        for each in self.running:
            each.process.wait(90)

    def made(self) -> Made:
        """Sentences spoken, by the logs of all that ever ran."""
        spoken: Counter[str] = Counter()
        for path in self.logs.glob("*.jsonl"):
            for line in path.read_bytes().splitlines():
                if SPOKEN in line:
                    spoken[json.loads(line)["key"]] += 1
        return Made(spoken.total(), spoken.total() - len(spoken))


async def missing(store: Store, portal: Portal) -> tuple[int, int, list[str]]:
    """How many sentences and recordings there should be, and what is not there or not whole."""
    service = SpeechService(Settings(), store)
    engine = service._engines.engines[0]  # noqa: SLF001 - looks at what the service would look for
    sentences: set[str] = set()
    lost: list[str] = []
    for number in range(portal.articles):
        url = f"{portal.address}/tin/{number}"
        found = read_article(article(number).encode(), url=url, charset="utf-8")
        plan = await service._plan(found)  # noqa: SLF001 - the same
        for passage in plan.passages:
            key = clip_key(engine, passage.spoken.text, 1.0)
            sentences.add(key)
            kept = await store.get(f"speech/{key[:2]}/{key}.mp3")
            if kept is None or not Clip.from_bytes(key, kept).audio:
                lost.append(f"{url}: {passage.written}")
        recording = await service.find(plan.key)
        whole = b"".join([piece async for piece in recording.follow()]) if recording else b""
        if (
            recording is None
            or not recording.complete
            or recording.etag != f'"{hashlib.sha256(whole).hexdigest()[:32]}"'
            or len(recording.marks()["sentences"]) != len(plan.passages)
        ):
            lost.append(f"{url}: the recording")
    await service.close()
    return len(sentences), portal.articles, lost


def warm(portal: Portal, redis: str, store: str, at_once: int) -> subprocess.Popen[bytes]:
    """Begin to warm the portal."""
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "READABLE_PORTAL_JOBS": redis}
    environment["READABLE_PORTAL_STORE_LIMIT"] = str(STORE_LIMIT)
    options = (
        f"--store {store} --allow-private --delay 0 --at-once {at_once} --limit {portal.articles} --json"
    )
    command = [
        sys.executable,
        "-m",
        "readable_portal",
        "warm",
        f"{portal.address}/sitemap.xml",
        *options.split(),
    ]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)


def measure(articles: int, every: float, at_once: int) -> int:
    """Warm, kill, look; print what was found."""
    portal, redis = Portal(articles), Redis()
    with tempfile.TemporaryDirectory() as folder:
        store = (Path(folder) / "store").as_uri()
        logs = Path(folder) / "logs"
        logs.mkdir()
        workers = Workers(redis.address, store, logs)
        begun = time.monotonic()
        warming = warm(portal, redis.address, store, at_once)
        states: Counter[str] = Counter()

        def follow() -> None:
            for line in warming.stdout or ():
                states[json.loads(line)["state"]] += 1

        reader = threading.Thread(target=follow)
        reader.start()
        try:
            place = 0
            while True:
                try:
                    warming.wait(every)
                except subprocess.TimeoutExpired:
                    # If it has not spoken yet, its turn comes next time.
                    place ^= workers.kill(place)
                else:
                    break
            reader.join()
        finally:
            warming.kill()
            workers.stop()
            redis.process.terminate()
            redis.process.wait()
        seconds = time.monotonic() - begun
        made = workers.made()
        sentences, recordings, lost = asyncio.run(missing(Store(store), portal))
        portal.server.shutdown()
    share = made.twice / sentences
    told = ", ".join(f"{count} {state}" for state, count in states.items())
    print(f"articles               {recordings} ({told})")
    print(f"sentences, each other  {sentences}")
    print(f"workers killed         {workers.kills}, one every {every:g} s, in {seconds:.0f} s")
    print(f"lost                   {len(lost)}")
    print(f"spoken                 {made.spoken}, {made.twice} of them again ({100 * share:.2f} %)")
    for each in lost[:5]:
        print(f"  {each}")
    well = not lost and share <= MOST_TWICE and states["made"] == recordings
    print("each made, none lost, at most 1 % made twice" if well else "THE BAR IS MISSED")
    return 0 if well else 1


def main() -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--every", type=float, default=4.0, help="seconds between two kills")
    parser.add_argument("--at-once", type=int, default=6, help="articles warmed at the same time")
    parser.add_argument("--quick", action="store_true", help="60 articles")
    options = parser.parse_args()
    return measure(60 if options.quick else options.articles, options.every, options.at_once)


if __name__ == "__main__":
    sys.exit(main())
