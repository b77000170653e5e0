from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.http.headers import values
from readable_portal.http.validators import NOTHING_ASKED, Suffix

# etagc of RFC 9110 section 8.8.3: visible ASCII but the quote, and bytes above ASCII.
OPAQUE = st.lists(st.sampled_from([0x21, *range(0x23, 0x7F), *range(0x80, 0x100)]), max_size=20).map(bytes)
TAGS = st.builds(lambda weak, opaque: (b'W/"%b"' if weak else b'"%b"') % opaque, st.booleans(), OPAQUE)


@given(TAGS)
@settings(max_examples=200, deadline=None)
def test_any_tag_comes_back_letter_by_letter(tag: bytes) -> None:
    suffix = Suffix("a")
    shown = suffix.add(tag)
    assert shown != tag
    headers, asked = suffix.undo([(b"if-none-match", shown)])
    assert headers == [(b"if-none-match", tag)]
    assert asked.not_modified([(b"ETag", tag)]) == [(b"ETag", shown)]
    # Twice, as through two instances, it still comes back.
    twice = suffix.add(shown)
    assert suffix.undo(suffix.undo([(b"if-none-match", twice)])[0])[0] == [(b"if-none-match", tag)]


@given(st.lists(TAGS, max_size=4), TAGS)
@settings(max_examples=100, deadline=None)
def test_other_tags_in_the_list_stay_and_old_ones_go(others: list[bytes], tag: bytes) -> None:
    ours, old = Suffix("a"), Suffix("b")
    asked = b", ".join([*others, ours.add(tag), old.add(tag)])
    (value,) = values(ours.undo([(b"if-none-match", asked)])[0], b"if-none-match")
    assert value == b", ".join([*others, tag])


def test_a_request_without_conditions_stays_the_very_list() -> None:
    headers = [(b"host", b"a")]
    assert Suffix("a").undo(headers) == (headers, NOTHING_ASKED)
    assert Suffix("a").undo(headers)[0] is headers


def test_what_is_no_tag_stays() -> None:
    assert Suffix("a").add(b"unquoted") == b"unquoted"
    assert Suffix("a").add(b"") == b""


def test_the_identity_is_of_what_the_insertions_depend_on() -> None:
    assert Suffix("a", "b").add(b'"x"') == Suffix("a", "b").add(b'"x"')
    assert Suffix("a", "b").add(b'"x"') != Suffix("a", "c").add(b'"x"')
