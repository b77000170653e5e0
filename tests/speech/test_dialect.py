"""Number words go with the voice: a South voice says "bốn ngàn", a North voice "bốn nghìn"."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.speech.tones import Tones

from readable_portal.errors import SettingsError
from readable_portal.model import Page
from readable_portal.portal import Client, Portal
from readable_portal.settings import Settings
from readable_portal.speech.dialect import dialect_for
from readable_portal.speech.service import SpeechService
from readable_portal.store import Store

PARAGRAPHS = (
    "Tỉnh có 4.105 hộ nghèo, giảm 24 hộ so với năm 2005.",
    "Độ mặn trên sông là 4‰, nước dâng 1.001 mm, mỗi hộ nhận 500k và 15 kg gạo.",
    "Ủy ban nhân dân xã thông báo lịch cấp nước ngọt cho bà con tại trụ sở, mời bà con đến nhận đúng giờ.",
    "Người dân mang theo căn cước công dân để cán bộ đối chiếu trước khi nhận nước và gạo hỗ trợ.",
)
PAGE = (
    "<!doctype html><html lang=vi><head><title>Hỗ trợ 1.204 hộ</title></head><body><div class=content>"
    "<h1>Hỗ trợ 1.204 hộ</h1><p class=date>08:46 15/03/2005</p>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "<table><tr><th>Xã</th><th>Hộ</th></tr><tr><td>Tân Hội</td><td>2.104</td></tr></table></div>"
    + "</body></html>"
)


class OnePage:
    async def fetch(self, path: str, *, client: Client) -> Page:
        headers = (("content-type", "text/html; charset=utf-8"),)
        return Page(url=f"http://{client.host}{path}", body=PAGE.encode(), headers=headers)


async def spoken(**settings: Any) -> tuple[list[str], dict[str, Any], list[str]]:
    """What an engine was given to say, the marks, and the keys of the clips that were kept."""
    chosen = Settings(**settings)
    store = Store("memory:///")
    portal = Portal(chosen, OnePage(), store=store)
    engine = Tones(voice=chosen.voice)
    portal.speech = SpeechService(chosen, store, engines=[engine])
    recording = await portal.speech.record(await portal.article("/1", client=Client(host="portal.vn")))
    async for _ in recording.follow():
        pass
    await portal.speech.idle()
    kept = [each.key for each in await store.list("speech")]
    await portal.aclose()
    return engine.said, recording.marks(), kept


@pytest.mark.parametrize(
    ("settings", "dialect"),
    [
        ({}, "north"),
        ({"voice": "vi-south"}, "south"),
        ({"voice": "vi-central"}, "central"),
        ({"voice": "vi-south", "dialect": "north"}, "north"),
        ({"engine": "piper,espeak", "voice": "vi_VN-vais1000-medium,vi-south"}, "north"),
        ({"engine": "piper,espeak", "voice": "vi_VN-hue-medium,vi", "dialect": "central"}, "central"),
        ({"engine": "gtts,espeak", "voice": " vi-south ,vi"}, "south"),
        ({"engine": "browser"}, "north"),
    ],
)
def test_the_first_voice_decides_unless_the_setting_does(settings: dict[str, Any], dialect: str) -> None:
    assert dialect_for(Settings(**settings)) == dialect


def test_another_name_is_refused() -> None:
    with pytest.raises(SettingsError, match="dialect = 'hue' is not allowed: one of auto, north"):
        Settings(dialect="hue")  # type: ignore[arg-type]


def test_a_south_voice_says_southern_numbers_in_title_text_and_tables() -> None:
    north = " ".join(asyncio.run(spoken(voice="vi"))[0])
    south = " ".join(asyncio.run(spoken(voice="vi-south"))[0])
    central = " ".join(asyncio.run(spoken(voice="vi-central"))[0])
    for said in (
        "Hỗ trợ một nghìn hai trăm linh bốn hộ",
        "năm hai nghìn không trăm linh năm",
        "bốn nghìn một trăm linh năm hộ nghèo, giảm hai mươi tư hộ",
        "bốn phần nghìn, nước dâng một nghìn không trăm linh một mi li mét",
        "năm trăm nghìn và mười lăm ki lô gam",
        "Hộ: hai nghìn một trăm linh bốn",
    ):
        assert said in north
        own = said.replace("nghìn", "ngàn").replace("linh", "lẻ").replace("mươi tư", "mươi bốn")
        assert own in south
        assert own in central
    assert not {"nghìn", "linh"} & set(south.replace(",", "").split())


def test_recordings_and_clips_of_two_dialects_are_kept_apart_and_share_what_sounds_alike() -> None:
    """The same voice with other number words: what holds a number has another key, the rest has the same."""
    _, north, kept_north = asyncio.run(spoken())
    _, south, kept_south = asyncio.run(spoken(dialect="south"))
    assert north["key"] != south["key"]
    shared = set(kept_north) & set(kept_south)
    assert len(shared) == 2, "the two paragraphs without a number that differs"
    assert len(kept_north) == len(kept_south) > 4


def test_marks_stay_on_the_written_words_in_any_dialect() -> None:
    words = [
        [
            [word[2:] for word in sentence["words"]]
            for sentence in asyncio.run(spoken(voice=voice))[1]["sentences"]
        ]
        for voice in ("vi", "vi-central", "vi-south")
    ]
    assert words[0] == words[1] == words[2]
