from __future__ import annotations

import pytest
from tests.web.asgi import CHANGED, PAGE, app_of, body, body_of, header, html_app, run, scope_of, start

from readable_portal import ReadablePortal
from readable_portal.web import middleware


def test_a_page_gets_the_script_and_the_link() -> None:
    sent = run(ReadablePortal(html_app()))
    assert body_of(sent) == CHANGED
    assert header(sent, b"content-length") == [str(len(CHANGED)).encode()]


@pytest.mark.parametrize("size", [1, 2, 7, 40])
def test_a_page_in_pieces_gets_the_same(size: int) -> None:
    pieces = [PAGE[place : place + size] for place in range(0, len(PAGE), size)]
    messages = [body(piece, more=True) for piece in pieces] + [body()]
    sent = run(ReadablePortal(app_of(start(), *messages)))
    assert body_of(sent) == CHANGED
    assert sent[-1] == body()


def test_what_is_no_page_passes_as_the_same_objects() -> None:
    messages = [start(200, [(b"content-type", b"text/css")]), body(b"a{}")]
    sent = run(ReadablePortal(app_of(*messages)))
    assert all(got is given for got, given in zip(sent, messages, strict=True))


def test_our_endpoints_answer_below_the_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_build_endpoints", lambda *_: app_of(start(204, []), body()))
    assert run(ReadablePortal(html_app()), scope_of("/_readable/article"))[0]["status"] == 204
    assert run(ReadablePortal(html_app()), scope_of("/_readable"))[0]["status"] == 204
    assert run(ReadablePortal(html_app()), scope_of("/_readables"))[0]["status"] == 200


def test_endpoints_that_cannot_be_made_leave_the_portal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_build_endpoints", lambda *_: 1 / 0)
    app = ReadablePortal(html_app())
    assert run(app, scope_of("/_readable/article"))[0]["status"] == 503
    assert app.failures.count == 1
    assert body_of(run(app)) == CHANGED
