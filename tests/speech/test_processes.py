"""Several processes and one store: killed while they write, and at the same article together."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.speech.tones import Tones, article, plain

from readable_portal.settings import Settings
from readable_portal.speech.clips import Clip
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store

pytestmark = pytest.mark.slow

HOME = Path(__file__).parents[2]
SERVER = """
import asyncio, sys
from readable_portal.settings import Settings
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store
from tones import Tones, article, plain

async def run():
    service = SpeechService(Settings(), Store(sys.argv[1]), engines=[Tones()], verbalize=plain)
    print("ready", flush=True)
    for number in range(int(sys.argv[2]), 1_000_000):
        recording = await service.record(article(*[f"bài {number} câu {n} " + "dài " * 20 for n in range(6)]))
        async for _ in recording.follow():
            pass
asyncio.run(run())
"""


async def check(url: str) -> tuple[int, int]:
    """Every sentence is whole; every article that can be found is whole."""
    store = Store(url)
    clips = articles = 0
    for kept in await store.list():
        name = kept.key.rpartition("/")[2]
        value = await store.get(kept.key)
        assert value
        if kept.key.startswith("speech/"):
            Clip.from_bytes(name.removesuffix(".mp3"), value)
            clips += 1
        elif name.endswith(".json"):
            about = json.loads(value)
            audio = await store.get(f"{kept.key.removesuffix('.json')}-{about['etag'][1:17]}.mp3")
            assert audio is not None
            assert len(audio) == about["size"]
            articles += 1
    return clips, articles


def test_nothing_half_written_is_found_after_kills_and_the_next_server_does_not_wait(tmp_path: Path) -> None:
    url = (tmp_path / "kept").as_uri()
    environment = {**os.environ, "PYTHONPATH": f"{HOME / 'src'}{os.pathsep}{Path(__file__).parent}"}
    for turn in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", SERVER, url, str(turn * 1000)],
            stdout=subprocess.PIPE, env=environment,
        ) as server:  # fmt: skip
            assert server.stdout is not None
            server.stdout.readline()
            time.sleep(0.3 + 0.037 * turn)
            server.kill()
    clips, articles = asyncio.run(check(url))
    assert clips > 20
    assert articles > 2

    async def go_on() -> float:
        """Leases of the killed are no hindrance."""
        service = SpeechService(Settings(), Store(url), engines=[Tones()], verbalize=plain)
        begun = time.monotonic()
        for number in range(11_000, 11_060):
            texts = [f"bài {number} câu {n} " + "dài " * 20 for n in range(6)]
            recording = await service.record(article(*texts))
            assert [piece async for piece in recording.follow()]
        return time.monotonic() - begun

    assert asyncio.run(go_on()) < 25


TOGETHER = """
import asyncio, json, sys
from readable_portal.settings import Settings
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store
from tones import Tones, article, plain

async def run():
    engine = Tones(seconds=0.02)
    service = SpeechService(Settings(), Store(sys.argv[1]), engines=[engine], verbalize=plain)
    print("ready", flush=True)
    sys.stdin.readline()
    texts = [f"câu {n}" for n in range(30)]
    # Each begins elsewhere, or the first would be ahead of the others all the way; then all make the same.
    own = int(sys.argv[2])
    recording = await service.record(article(*texts[own:], *texts[:own]))
    assert [piece async for piece in recording.follow()]
    recording = await service.record(article(*texts))
    size = sum([len(piece) async for piece in recording.follow()])
    await service.idle()
    print(json.dumps({"said": engine.said, "etag": recording.etag, "size": size}))
asyncio.run(run())
"""


def test_processes_that_share_a_store_make_each_sentence_once_and_the_same_bytes(tmp_path: Path) -> None:
    url = (tmp_path / "kept").as_uri()
    environment = {**os.environ, "PYTHONPATH": f"{HOME / 'src'}{os.pathsep}{Path(__file__).parent}"}
    servers = [
        subprocess.Popen(
            [sys.executable, "-c", TOGETHER, url, str(begin)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True,
        )
        for begin in (0, 7, 15, 22)
    ]  # fmt: skip
    for server in servers:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("\n")
        server.stdin.flush()
    answers = [json.loads(server.communicate(timeout=60)[0]) for server in servers]
    said = [text for answer in answers for text in answer["said"]]
    assert sorted(said) == sorted(f"câu {n}" for n in range(30))
    assert len({(answer["etag"], answer["size"]) for answer in answers}) == 1
    assert sum(bool(answer["said"]) for answer in answers) > 1, "only one of them worked"
