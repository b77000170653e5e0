"""Servers that load the app once and then fork (gunicorn --preload): each child makes its own things."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import asyncio, os, signal
from readable_portal import ReadablePortal
from tests_asgi import PAGE, html_app, run, scope_of, body_of, CHANGED

text = "Ủy ban nhân dân xã thông báo lịch tiếp công dân định kỳ trong tháng 4 tại trụ sở. " * 5
article = f"<h1>Lịch tiếp công dân</h1><p>{text}</p><p>{text}</p>"
page = PAGE.replace("<p>Xin chào</p>".encode(), article.encode())
app = ReadablePortal(html_app(page), store="file://%s")
assert b"data-readable-portal" in body_of(run(app))

def ask(path):
    calls = 0
    sent = []
    async def receive():
        nonlocal calls
        calls += 1
        if calls > 1:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        sent.append(message)
    asyncio.run(app(scope_of(path), receive, send))
    return sent[0]["status"]

children = []
for _ in range(2):
    child = os.fork()
    if not child:
        signal.alarm(60)
        statuses = [ask("/_readable/article?path=/tin/1"), ask("/_readable/speech?path=/tin/1")]
        os._exit(0 if statuses == [200, 200] else 1)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
assert ask("/_readable/article?path=/tin/1") == 200
"""


@pytest.mark.slow
def test_children_of_a_loaded_app_read_and_speak(tmp_path: Path) -> None:
    here = Path(__file__).parent
    (tmp_path / "tests_asgi.py").write_bytes((here / "asgi.py").read_bytes())
    (tmp_path / "go.py").write_text(SCRIPT % (tmp_path / "store"), "utf-8")
    paths = f"{here.parents[1] / 'src'}:{tmp_path}"
    done = subprocess.run(
        [sys.executable, str(tmp_path / "go.py")],
        env={"PYTHONPATH": paths, "PATH": "/usr/bin:/bin"},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
