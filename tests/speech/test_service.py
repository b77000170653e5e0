from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import pytest
from tests.speech.tones import GAP_MS, WORD_MS, Tones, article, plain

from readable_portal.errors import SpeechBusy, SpeechUnavailable, StoreError
from readable_portal.settings import Settings
from readable_portal.speech import mp3
from readable_portal.speech.clips import Clip
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from readable_portal.speech.engine import SpeechEngine
    from readable_portal.speech.recording import Recording

TEXTS = ["một hai ba.", "bốn năm.", "sáu bảy tám chín."]


def service(*engines: SpeechEngine, store: Store | None = None, **settings: Any) -> SpeechService:
    return SpeechService(Settings(**settings), store or Store("memory:///"), engines=engines, verbalize=plain)


async def whole(recording: Recording, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in recording.follow(start, end)])


def test_a_sentence_has_marks_for_its_written_words() -> None:
    async def run() -> None:
        speech = await service(Tones()).sentence("một hai", plain("một hai"))
        assert mp3.whole_frames(speech.audio)
        assert speech.duration_ms == len(speech.audio) // 4
        delay = mp3.DECODER_DELAY_MS
        assert [(m.start, m.end) for m in speech.marks] == [(0, 3), (4, 7)]
        assert speech.marks[0].start_ms == delay
        assert speech.marks[1].start_ms == pytest.approx(delay + WORD_MS + GAP_MS, abs=1)

    asyncio.run(run())


def test_an_article_is_one_recording_whose_bytes_tell_the_time() -> None:
    async def run() -> None:
        speaker = service(Tones())
        recording = await speaker.record(article(*TEXTS, title="Nhan đề"))
        audio = await whole(recording)
        marks = recording.marks()
        tag, start = mp3.read_id3(audio)
        assert tag["TIT2"] == "\x03Nhan đề".encode()
        assert marks["headBytes"] == start
        assert mp3.whole_frames(audio[start:])
        assert marks["durationMs"] * mp3.BYTES_PER_MS == len(audio) - start
        assert [sentence["index"] for sentence in marks["sentences"]] == [-1, 0, 1, 2]
        assert marks["sentences"][0]["words"] == []
        assert marks["chapters"] == [{"startMs": mp3.DECODER_DELAY_MS, "title": "Nhan đề", "sentence": -1}]
        before = 0
        for sentence, text in zip(marks["sentences"][1:], TEXTS, strict=True):
            assert before < sentence["startMs"] < sentence["endMs"] <= marks["durationMs"]
            assert len(sentence["words"]) == len(text.split())
            before = sentence["endMs"]
        assert marks["complete"] is True
        assert marks["engine"] == "tones"

    asyncio.run(run())


def test_a_thousand_listeners_at_once_make_each_sentence_once() -> None:
    async def run() -> None:
        engine = Tones(seconds=0.002)
        speaker = service(engine)
        texts = [f"câu số {number}" for number in range(20)]
        recordings = await asyncio.gather(*[speaker.record(article(*texts)) for _ in range(1000)])
        heard = await asyncio.gather(*map(whole, recordings))
        assert len(set(heard)) == 1
        assert sorted(engine.said) == sorted(texts)
        assert speaker.made == len(texts)

    asyncio.run(run())


def test_a_late_listener_hears_the_beginning_at_once_and_the_rest_as_it_comes() -> None:
    async def run() -> None:
        engine = Tones(seconds=0.05)
        speaker = service(engine, speech_workers=1)
        first = await speaker.record(article(*TEXTS))
        await first.until_begun()
        assert not first.complete
        late = await speaker.record(article(*TEXTS))
        assert late is first
        marks = late.marks()
        assert marks["complete"] is False
        assert 1 <= len(marks["sentences"]) < 3
        assert await whole(late) == await whole(first)
        assert late.complete

    asyncio.run(run())


def test_a_changed_article_reuses_the_sentences_that_stayed() -> None:
    async def run() -> None:
        engine = Tones()
        speaker = service(engine)
        await whole(await speaker.record(article(*TEXTS)))
        await whole(await speaker.record(article(TEXTS[0], "mới.", TEXTS[2])))
        assert sorted(engine.said) == sorted([*TEXTS, "mới."])

    asyncio.run(run())


def test_another_process_finds_the_whole_in_the_store(tmp_path: Path) -> None:
    async def run() -> None:
        url = (tmp_path / "kept").as_uri()
        first = service(Tones(), store=Store(url))
        made = await first.record(article(*TEXTS, title="Nhan đề"))
        audio = await whole(made)
        await first.idle()
        silent = Tones(down=True)
        second = service(silent, store=Store(url))
        found = await second.record(article(*TEXTS, title="Nhan đề"))
        assert found.complete
        assert (found.etag, found.size, found.marks()) == (made.etag, len(audio), made.marks())
        assert await whole(found) == audio
        assert await whole(found, 100, 333) == audio[100:333]
        again = await second.find(made.key)
        assert again is not None
        assert again.etag == made.etag

    asyncio.run(run())


def test_damage_in_the_store_is_made_good(tmp_path: Path) -> None:
    async def run() -> None:
        folder = tmp_path / "kept"
        first = service(Tones(), store=Store(folder.as_uri()))
        audio = await whole(await first.record(article(*TEXTS)))
        await first.idle()
        for number, path in enumerate(sorted(folder.rglob("*.*"))):
            content = path.read_bytes()
            path.write_bytes(content[: len(content) // 2] if number % 2 else b"")
        engine = Tones()
        second = service(engine, store=Store(folder.as_uri()))
        assert await whole(await second.record(article(*TEXTS))) == audio
        assert sorted(engine.said) == sorted(TEXTS)

    asyncio.run(run())


class FullStore(Store):
    """A disk without room."""

    shared = True

    async def create(self, key: str, value: bytes) -> bool:
        raise StoreError(f"could not write {key}: no space left on device ({len(value)} bytes)")

    async def put(self, key: str, value: bytes) -> None:
        await self.create(key, value)


def test_a_full_disk_is_told_and_listeners_hear_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        speaker = service(Tones(), store=FullStore())
        recording = await speaker.record(article(*TEXTS))
        assert len(await whole(recording)) > 1000
        again = await speaker.record(article(*TEXTS))
        assert again is recording, "what cannot be kept in the store is kept in memory"
        assert "no space left" in speaker.health()["store"]

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    assert len(caplog.records) == 1, "one line a minute, not one a sentence"
    assert "no space left" in caplog.text


def test_beyond_the_queue_new_articles_are_asked_to_come_back_and_old_ones_go_on() -> None:
    async def run() -> None:
        speaker = service(Tones(seconds=0.01), speech_workers=1, speech_queue=3)
        accepted: list[Recording] = []
        busy: list[SpeechBusy] = []
        for number in range(30):
            try:
                accepted.append(await speaker.record(article(*[f"{number} {text}" for text in TEXTS])))
            except SpeechBusy as error:
                busy.append(error)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        assert accepted
        assert busy
        assert all(error.retry_after >= 1 for error in busy)
        heard = await asyncio.gather(*map(whole, accepted))
        assert all(len(audio) > 1000 for audio in heard)

    asyncio.run(run())


def test_a_sentence_that_cannot_be_said_is_left_out() -> None:
    async def run() -> None:
        recording = await service(Tones()).record(article("một.", "rejected", "hai."))
        await whole(recording)
        sentences = recording.marks()["sentences"]
        assert [len(sentence["words"]) for sentence in sentences] == [1, 0, 1]
        assert sentences[1]["startMs"] == sentences[1]["endMs"]

    asyncio.run(run())


def test_when_the_engine_fails_whoever_listens_is_told_and_the_next_try_works() -> None:
    async def run() -> None:
        engine = Tones(down=True)
        speaker = service(engine)
        failed = await speaker.record(article(*TEXTS))
        with pytest.raises(SpeechUnavailable):
            await failed.until_begun()
        with pytest.raises(SpeechUnavailable):
            await whole(failed)
        engine.down = False
        assert await whole(await speaker.record(article(*TEXTS)))

    asyncio.run(run())


def test_a_stand_in_speaks_but_is_not_kept_for_the_first(tmp_path: Path) -> None:
    async def run() -> None:
        store = Store((tmp_path / "kept").as_uri())
        first, second = Tones(name="good", down=True), Tones(name="plain")
        engines: Sequence[SpeechEngine] = (first, second)
        recording = await service(*engines, store=store).record(article(*TEXTS))
        await whole(recording)
        assert recording.marks()["engine"] == "plain"
        first.down = False
        again = await service(*engines, store=store).record(article(*TEXTS))
        await whole(again)
        assert again.marks()["engine"] == "good"
        assert again.key == recording.key

    asyncio.run(run())


def test_closing_stops_the_work_and_the_engines() -> None:
    async def run() -> None:
        engine = Tones(seconds=5)
        speaker = service(engine)
        recording = await speaker.record(article(*TEXTS))
        await asyncio.sleep(0)
        await speaker.close()
        with pytest.raises(SpeechUnavailable, match="stopping"):
            await whole(recording)
        assert engine.closed

    asyncio.run(run())


def test_the_browser_engine_makes_nothing_here() -> None:
    speaker = SpeechService(Settings(engine="browser"), Store("memory:///"))
    assert not speaker.enabled
    assert asyncio.run(speaker.peek(article(*TEXTS))) is None
    with pytest.raises(SpeechUnavailable, match="device"):
        asyncio.run(speaker.record(article(*TEXTS)))


def test_a_clip_survives_its_keeping() -> None:
    async def run() -> None:
        store = Store("memory:///")
        speech = await service(Tones(), store=store).sentence("một hai", plain("một hai"))
        kept = await store.get(f"speech/{speech.key[:2]}/{speech.key}.mp3")
        assert kept is not None
        clip = Clip.from_bytes(speech.key, kept)
        assert clip.audio == speech.audio
        for cut in (10, len(kept) // 2, len(kept) - 1):
            with pytest.raises(ValueError, match=r"tag|cut"):
                Clip.from_bytes(speech.key, kept[:cut])

    asyncio.run(run())
