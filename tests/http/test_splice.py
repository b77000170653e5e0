from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.http.headers import replaced, without
from readable_portal.http.splice import Insertion, cut, spliced

PIECES = st.lists(st.binary(max_size=6), min_size=1, max_size=6)


@given(PIECES, st.data())
@settings(max_examples=200, deadline=None)
def test_the_bytes_are_those_of_the_whole_page_and_messages_stay_as_many(
    pieces: list[bytes], data: st.DataObject
) -> None:
    page = b"".join(pieces)
    one, two = sorted(data.draw(st.tuples(st.integers(0, len(page)), st.integers(0, len(page)))))
    messages = [{"type": "b", "body": piece, "x": number} for number, piece in enumerate(pieces)]
    kept = [dict(message) for message in messages]
    result = spliced(messages, [Insertion(two, b"[2]"), Insertion(one, b"[1]")])
    assert (
        b"".join(each["body"] for each in result) == page[:one] + b"[1]" + page[one:two] + b"[2]" + page[two:]
    )
    assert [each["x"] for each in result] == list(range(len(pieces)))
    assert messages == kept
    assert sum(new is old for new, old in zip(result, messages, strict=True)) >= len(pieces) - 2


@given(PIECES, st.data())
@settings(max_examples=100, deadline=None)
def test_cutting_and_splicing_the_rest_is_splicing_the_whole(
    pieces: list[bytes], data: st.DataObject
) -> None:
    page = b"".join(pieces)
    place = data.draw(st.integers(0, len(page)))
    messages = [{"body": piece, "more_body": False} for piece in pieces]
    before, after = cut(messages, place)
    assert b"".join(each["body"] for each in before) == page[:place]
    assert b"".join(each["body"] for each in after) == page[place:]
    assert all(each["more_body"] for each in before if each not in messages)


def test_headers_are_replaced_in_their_places() -> None:
    headers = [(b"A", b"1"), (b"b", b"2"), (b"a", b"3")]
    assert replaced(headers, {b"a": b"9", b"c": b"4", b"d": None}) == [
        (b"A", b"9"),
        (b"b", b"2"),
        (b"c", b"4"),
    ]
    assert without(headers, frozenset({b"a"})) == [(b"b", b"2")]
    assert headers == [(b"A", b"1"), (b"b", b"2"), (b"a", b"3")]
