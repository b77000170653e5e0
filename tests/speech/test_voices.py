from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from typer.testing import CliRunner

from readable_portal.cli import app
from readable_portal.errors import SpeechUnavailable
from readable_portal.speech import mp3
from readable_portal.speech.piper import Piper
from readable_portal.speech.voices import check_voice, fetch_voice, offers

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

HERE = Path(__file__).with_name("voices")
NAME = "vi_VN-tiny-low"
FILES = {f"vi/vi_VN/tiny/low/{path.name}": path.read_bytes() for path in HERE.iterdir()}


def index(**changes: Any) -> dict[str, Any]:
    files = {
        path: {"size_bytes": len(body), "md5_digest": hashlib.md5(body, usedforsecurity=False).hexdigest()}
        for path, body in FILES.items()
    }
    voice = {"language": {"code": "vi_VN"}, "quality": "low", "files": files}
    other = {"language": {"code": "en_US"}, "quality": "low", "files": {}}
    return {NAME: voice | changes, "en_US-x-low": other}


def source(voices: object, files: dict[str, bytes] | None = None) -> Starlette:
    async def answer(request: Request) -> Response:
        path = request.path_params["path"]
        if path == "voices.json":
            return Response(json.dumps(voices))
        found = (FILES if files is None else files).get(path)
        return Response(found) if found is not None else Response(status_code=404)

    return Starlette(routes=[Route("/{path:path}", answer)])


def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(app, ["voices", *arguments, "--json"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, json.loads(result.stdout[result.stdout.index("[\n") :])


def test_a_voice_is_offered_fetched_checked_and_speaks(serve: Callable[..., str], tmp_path: Path) -> None:
    address = serve(source(index()))
    place = ["--folder", str(tmp_path / "voices"), "--source", address]
    assert [offer["voice"] for offer in run("offers", *place)[1]] == [NAME]
    assert run("fetch", NAME, *place)[1] == [
        {"voice": NAME, "state": "ok", "folder": str(tmp_path / "voices")}
    ]
    assert run("check", *place) == (0, [{"voice": NAME, "state": "ok"}])
    assert {"engine": "piper", "voice": NAME, "about": "0.0 MB"} in run("list", *place)[1]

    async def speak() -> int:
        engine = Piper(voice=NAME, folder=str(tmp_path / "voices"))
        try:
            return len((await engine.speak("xin chào")).pcm)
        finally:
            await engine.close()

    assert asyncio.run(speak()) > 1000
    (tmp_path / "voices" / f"{NAME}.onnx").write_bytes(b"changed")
    status, rows = run("check", *place)
    assert (status, rows[0]["state"]) == (1, f"{NAME}.onnx is not what was fetched")


def test_what_is_there_already_is_not_fetched_again(serve: Callable[..., str], tmp_path: Path) -> None:
    address = serve(source(index()))
    came: list[int] = []
    with httpx2.Client() as client:
        offer = offers(client, address)[0]
        fetch_voice(client, address, offer, tmp_path, progress=came.append)
        times = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.onnx*")}
        fetch_voice(client, address, offer, tmp_path, progress=came.append)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.onnx*")} == times
    assert sum(came) == 2 * offer.size


@pytest.mark.parametrize(
    "damage", [lambda body: body[:-1], lambda body: body + b"x", lambda body: b"y" + body[1:]]
)
def test_a_damaged_file_is_not_kept(
    serve: Callable[..., str], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    address = serve(source(index(), {path: damage(body) for path, body in FILES.items()}))
    with httpx2.Client() as client, pytest.raises(SpeechUnavailable, match="damaged"):
        fetch_voice(client, address, offers(client, address)[0], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_or_source_or_voice_is_told(serve: Callable[..., str], tmp_path: Path) -> None:
    address = serve(source(index(), {}))
    with httpx2.Client() as client:
        with pytest.raises(SpeechUnavailable, match="404"):
            fetch_voice(client, address, offers(client, address)[0], tmp_path)
        with pytest.raises(SpeechUnavailable, match="could not be had"):
            offers(client, "http://127.0.0.1:9")
    with pytest.raises(SpeechUnavailable, match=f"has no voice vi_VN-no.*{NAME}"):
        run("fetch", "vi_VN-no", "--source", address, "--folder", str(tmp_path))


@pytest.mark.parametrize(
    "voices",
    [[], {"x": 1}, {"x": {}}, index(files={"../../evil.onnx": {"size_bytes": 1, "md5_digest": ""}})],
)
def test_a_source_of_another_shape_is_refused(serve: Callable[..., str], voices: object) -> None:
    address = serve(source(voices))
    with httpx2.Client() as client, pytest.raises(SpeechUnavailable, match="no list"):
        offers(client, address)


def test_a_voice_brought_by_hand_is_checked_by_its_description(tmp_path: Path) -> None:
    model = tmp_path / f"{NAME}.onnx"
    model.write_bytes(b"")
    description = Path(f"{model}.json")
    assert "cannot be read" in check_voice(model)
    description.write_text("{}", "utf-8")
    assert "sample rate" in check_voice(model)
    description.write_text('{"audio": {"sample_rate": 16000}}', "utf-8")
    assert check_voice(model) == "its model is empty"
    model.write_bytes(b"1")
    assert check_voice(model) == ""


def test_say_writes_an_mp3_and_tells_what_it_said(tmp_path: Path) -> None:
    out = tmp_path / "a.mp3"
    result = CliRunner().invoke(
        app, ["say", "Ngày 15/3/2019.", "-o", str(out), "--json", "--voice", "vi-south"]
    )
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["spoken"] == "Ngày mười lăm tháng ba năm hai ngàn không trăm mười chín."
    assert [word[2:] for word in report["sentences"][0]["words"]] == [[0, 4], [5, 14]]
    _, start = mp3.read_id3(out.read_bytes())
    assert mp3.whole_frames(out.read_bytes()[start:])
    assert report["settings"]["voice"] == "vi-south"
    northern = CliRunner().invoke(
        app, ["say", "4.105", "-o", str(out), "--voice", "vi-south", "--dialect", "north"]
    )
    assert "bốn nghìn một trăm linh năm" in northern.stdout
    from_pipe = CliRunner().invoke(app, ["say", "-", "-o", str(out)], input="Xin chào.\n")
    assert "espeak" in from_pipe.stdout
