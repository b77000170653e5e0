"""The values that pass between the rooms: frozen, slotted, without behaviour that needs a room above.

::

    Page -> Article (Block, Sentence) -> Speech (Mark)
                                      -> Summary (SummarySentence, Fact, Term, Readability)

Offsets are always half-open, in characters (code points) of the text they name.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "Change",
    "Fact",
    "Mark",
    "Page",
    "Readability",
    "Sentence",
    "Speech",
    "Spoken",
    "SpokenSpan",
    "Summary",
    "SummarySentence",
    "Term",
]

BlockKind = Literal["lead", "heading", "paragraph", "item", "caption", "table", "quote", "signature"]
Band = Literal["easy", "medium", "hard", "very-hard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as the portal sent it. Header names are lower case."""

    url: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class SpokenSpan:
    """``spoken.text[start:end]`` is how ``written[written_start:written_end]`` is said."""

    start: int
    end: int
    written_start: int
    written_end: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as a person says it, and the way back to how it is written.

    The spans are in order and cover both texts without gaps.
    """

    text: str
    spans: tuple[SpokenSpan, ...]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the article, in the order of reading.

    Attributes:
        kind: What it is.
        text: NFC, white space folded. Cells of a table row are parted by tabs, rows by newlines.
        path: A CSS selector of the element that holds it, as the browser has it before our insertion:
            ``body>form:nth-of-type(1)>div:nth-of-type(3)``. Several blocks may share one (``<br><br>``
            bodies); a reader tells them apart by their text, in order.
        level: 1 to 6 for headings, else 0.
        marker: What stands before a list item ("1.", "a)", "•"), not part of the text.
        rows: Cells of a table.
        header: Whether the first of the rows names the columns.
    """

    kind: BlockKind
    text: str
    path: str
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    header: bool = False

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits of the text without white space, to check a found element."""
        return hashlib.sha256("".join(self.text.split()).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the article.

    Attributes:
        index: Its place among the article's sentences.
        block: Index into ``Article.blocks``.
        start: Where it begins in the block's text.
        end: Where it ends there.
        text: ``blocks[block].text[start:end]``.
        spoken: How it is said.
    """

    index: int
    block: int
    start: int
    end: int
    text: str
    spoken: Spoken


class _MadeLater:
    """What lets fields of a frozen value be made when somebody first asks for them.

    A field whose slot is empty is made and kept; from then on it is as any other. Whatever looks at all
    fields (equality, ``repr``, ``asdict``, ``replace``, pickle) makes them all. Two threads that ask at the
    same time may both make a field; they get the same.
    """

    __slots__ = ("_makers",)

    @classmethod
    def later(cls, makers: Mapping[str, Callable[[], object]], **now: Any) -> Self:
        """A value of which some fields are made later.

        Args:
            makers: By the name of a field, what makes its value.
            now: The values of the others.
        """
        made = cls.__new__(cls)
        object.__setattr__(made, "_makers", dict(makers))
        for name, value in now.items():
            object.__setattr__(made, name, value)
        return made

    # Hidden from type checkers, which would allow every attribute because of it.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            try:
                make = object.__getattribute__(self, "_makers")[name]
            except (AttributeError, KeyError):
                # Another thread may have made it meanwhile; if there is no such field, this says so.
                return object.__getattribute__(self, name)
            object.__setattr__(self, name, make())
            object.__getattribute__(self, "_makers").pop(name, None)
            return object.__getattribute__(self, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(_MadeLater):
    """An article of a portal.

    Attributes:
        url: Where it stands.
        title: As shown on the page.
        lead: The publisher's summary (sapo), "" if there is none. It is also the first block then.
        published: With its zone (Vietnam's where the page names none), or None.
        byline: Who wrote it, "" if unknown.
        source: Whom it was taken from ("Theo …", "Nguồn: …"), "" if unknown.
        section: The portal's section, "" if unknown.
        language: BCP 47, "vi" unless the page says otherwise.
        blocks: The pieces in order, captions included.
        sentences: Made when first asked for. Captions and signatures have none.
        text: What is read: lead, headings, paragraphs, list items, table rows, a line each.
        title_path: Selector of the title's element, "" if it has none.
        body_path: Selector of the element that holds the body.
        beside: Selectors of the lines outside both that tell when it was published, or by whom. Made when
            first asked for.
        control: Selector of the portal's own size control, "" if it has none. Made when first asked for.
        digest: sha256 (hexadecimal) over title and blocks; the article's identity in the store. Made when
            first asked for.
        evidence: Where each field was found, for people who ask why: ("title", "preset:nukeviet").
    """

    url: str
    title: str
    lead: str = ""
    published: datetime | None = None
    byline: str = ""
    source: str = ""
    section: str = ""
    language: str = "vi"
    blocks: tuple[Block, ...] = ()
    sentences: Sequence[Sentence] = ()
    text: str = ""
    title_path: str = ""
    body_path: str = ""
    beside: tuple[str, ...] = ()
    control: str = ""
    digest: str = ""
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A word while it sounds: milliseconds in the audio, characters of the written sentence."""

    start_ms: int
    end_ms: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A spoken sentence. ``key`` is a sha256 over engine, version, voice, rate and spoken text."""

    key: str
    media_type: str
    audio: bytes
    marks: tuple[Mark, ...]
    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """How hard a text is to read.

    Attributes:
        grade: Nguyen and Henkin 1982 over syllables: 2 x letters per syllable
            + 0.2 x syllables per sentence - 6. Not validated on today's administrative
            prose, so show the band.
        band: easy, medium, hard or very-hard.
        letters_per_syllable: Mean.
        syllables_per_sentence: Mean.
        long_sentences: Share (0 to 1) of sentences above 25 syllables.
        syllables: Count.
        sentences: Count.
        reading_seconds: To read silently, unhurried.
        listening_seconds: To hear at normal speed.
    """

    grade: float
    band: Band
    letters_per_syllable: float
    syllables_per_sentence: float
    long_sentences: float
    syllables: int
    sentences: int
    reading_seconds: float
    listening_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that was changed in a source sentence, and by which rule."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySentence:
    """A sentence of a summary and what it stands on.

    ``source`` is the index of the article's sentence it mainly comes from; ``sources`` all of them.
    """

    text: str
    source: int
    sources: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A key fact: ``article.sentences[sentence].text[start:end]`` says so."""

    kind: str
    value: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An abbreviation or a term at its first use: ``article.sentences[sentence].text[start:end]``."""

    text: str
    meaning: str
    kind: Literal["abbreviation", "term"]
    sentence: int
    start: int
    end: int
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(_MadeLater):
    """A summary in plain words.

    ``summarize`` gives one whose facts, glossary and reading levels are made when first asked for: they take
    longer than the summary. ``whole`` makes them at once.

    Attributes:
        sentences: In the order of the article.
        facts: Who, what, when, where; absent rather than guessed.
        glossary: Terms and abbreviations, explained.
        readability: Of the summary.
        article_readability: Of the article, to set beside it.
        engine: Who made it ("extract", "chat:…").
        notes: What the faithfulness gate did, in fixed words.
    """

    sentences: tuple[SummarySentence, ...]
    facts: tuple[Fact, ...] = ()
    glossary: tuple[Term, ...] = ()
    readability: Readability | None = None
    article_readability: Readability | None = None
    engine: str = "extract"
    notes: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The sentences, joined by spaces."""
        return " ".join(sentence.text for sentence in self.sentences)

    def whole(self) -> Self:
        """The same with all fields made: for who must not wait for one later, such as an event loop."""
        for each in fields(self):
            getattr(self, each.name)
        return self
