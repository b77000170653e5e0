"""The reader page, ``GET read?path=``: an article that can be enlarged, heard and summed up without a script.

Everything is a plain link or a native control: sizes, colours and spacing stand in the address, so that
the page can be kept, sent on and printed as it is seen. The policy allows no script and no inline style.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from readable_portal.web.labels import FACT_LABELS
from readable_portal.web.reader_blocks import render_blocks, sentence_id, term_id
from readable_portal.web.reader_document import address, document
from readable_portal.web.reader_view import SIZES, View
from readable_portal.web.reader_words import BANDS, SPACES, THEMES, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from starlette.responses import Response

    from readable_portal.model import Article, Summary, Term

__all__ = ["notice", "render", "render_notice", "respond"]

CURRENT = ' aria-current="true"'
LARGE_PRINT = 150  # 12 pt x 1.5 = 18 pt, what libraries for the blind call large print

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; media-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "Cache-Control": "public, max-age=60",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def respond(
    article: Article,
    summary: Summary | None,
    *,
    values: Mapping[str, str],
    query: str,
    links: Mapping[str, str],
    language: str = "vi",
) -> HTMLResponse:
    """The answer to ``GET read``; arguments as of :func:`render`, ``values`` being the request's query."""
    view = View.from_query(values, language=language)
    body = render(article, summary, query=query, links=links, language=language, view=view)
    return HTMLResponse(body, headers={**HEADERS, "Content-Language": view.language})


def render(
    article: Article,
    summary: Summary | None,
    *,
    query: str,
    links: Mapping[str, str],
    language: str = "vi",
    view: View | None = None,
) -> str:
    """The whole page.

    Args:
        article: What is read.
        summary: None when it could not be made; the page says so and shows the rest.
        query: How our own links name the page, percent-encoded: ``path=%2Ftin-tuc%2F1``.
        links: ``reader`` and ``style`` are addresses of this page and of reader.css; ``audio``, where the
            server speaks, of the article's MP3; ``original`` of the portal's page (else the article's own).
        language: The portal's language of controls.
        view: How it is shown; None for the standard.
    """
    view = view or View(language=language)
    return _Page(article, summary, query=query, links=links, language=language, view=view).html()


def render_notice(title: str, *, original: str, style: str, language: str = "vi") -> str:
    """A page for people when there is no article to show; ``title`` is the problem's sentence."""
    own = words(language)
    return document(
        f'<main id="noi-dung"><h1>{escape(title)}</h1>'
        f'<p><a class="button" href="{address(original)}">{own["original"]}</a></p></main>',
        title=title,
        style=style,
        view=View(language=language),
        canonical="",
    )


def notice(problem: Response, *, original: str, style: str, language: str) -> HTMLResponse:
    """The page for a problem that the other endpoints would tell as JSON: same status, same sentence."""
    title = json.loads(bytes(problem.body))["title"]
    headers = {**HEADERS, "Content-Language": language, "Cache-Control": problem.headers["cache-control"]}
    if "retry-after" in problem.headers:
        headers["Retry-After"] = problem.headers["retry-after"]
    body = render_notice(title, original=original, style=style, language=language)
    return HTMLResponse(body, status_code=problem.status_code, headers=headers)


class _Page:
    def __init__(
        self,
        article: Article,
        summary: Summary | None,
        *,
        query: str,
        links: Mapping[str, str],
        language: str,
        view: View,
    ) -> None:
        self.article = article
        self.summary = summary
        self.page_query = query
        self.links = links
        self.language = language
        self.view = view
        self.words = words(view.language)
        self.column = 1 if view.language == "en" else 0
        self.original = links.get("original") or article.url
        terms = summary.glossary if summary else ()
        self.terms = [term for term in terms if 0 <= term.sentence < len(article.sentences)]

    def html(self) -> str:
        body = "\n".join(
            part
            for part in (
                f'<a class="skip" href="#bai-viet">{self.words["skip"]}</a>',
                self._head(),
                "<main>",
                self._title(),
                "" if self.view.printing else self._places(),
                self._print_note() if self.view.printing else self._tools(),
                "" if self.view.printing else self._audio(),
                self._summary(),
                self._article(),
                self._terms(),
                "</main>",
                self._foot(),
            )
            if part
        )
        return document(
            body,
            title=self.article.title,
            style=self.links["style"],
            view=self.view,
            canonical=self.original,
        )

    def _href(self, view: View, anchor: str = "") -> str:
        query = view.query(self.page_query, language=self.language)
        return escape(f"{self.links['reader'].partition('?')[0]}?{query}{anchor}")

    def _head(self) -> str:
        other = replace(self.view, language="en" if self.view.language == "vi" else "vi")
        return (
            f'<header><p class="brand">{self.words["page"]}</p><p class="ways">'
            f'<a href="{address(self.original)}">{self.words["original"]}</a> '
            f'<a href="{self._href(other)}" lang="{other.language}" hreflang="{other.language}">'
            f"{self.words['other_language']}</a></p></header>"
        )

    def _title(self) -> str:
        article = self.article
        facts = [escape(article.section), escape(_time(article.published))]
        level = self.summary.article_readability if self.summary else None
        if level:
            facts.append(
                self.words["minutes"].format(
                    read=max(1, math.ceil(level.reading_seconds / 60)),
                    listen=max(1, math.ceil(level.listening_seconds / 60)),
                )
            )
        told = "".join(f"<li>{fact}</li>" for fact in facts if fact)
        return f'<h1{self._lang()}>{escape(article.title)}</h1><ul class="told" role="list">{told}</ul>'

    def _places(self) -> str:
        """Ways down the page: on a phone the article begins some screens below."""
        places = [("nghe", "listen")] if self.links.get("audio") else []
        places += [("tom-tat", "summary"), ("bai-viet", "article")]
        places += [("tu-ngu", "terms")] if self.terms else []
        items = "".join(f'<li><a href="#{id_}">{self.words[word]}</a></li>' for id_, word in places)
        return f'<nav class="places" aria-label="{self.words["places"]}"><ul>{items}</ul></nav>'

    def _lang(self) -> str:
        """The article's language where it is not the page's (WCAG 3.1.2)."""
        own = self.article.language
        return f' lang="{escape(own)}"' if own != self.view.language else ""

    def _tools(self) -> str:
        sizes = self._choices(
            "size",
            ((replace(self.view, size=size), f"{size} %", size == self.view.size) for size in SIZES),
            "sizes",
        )
        themes = self._choices(
            "colours",
            (
                (replace(self.view, theme=name), names[self.column], name == self.view.theme)
                for name, names in THEMES.items()
            ),
            "themes",
        )
        spaces = self._choices(
            "spacing",
            (
                (replace(self.view, space=name), names[self.column], name == self.view.space)
                for name, names in SPACES.items()
            ),
            "spaces",
        )
        changed = self.view.theme != "auto" or self.view.space != "normal"
        standard = View(language=self.view.language)
        reset = f'<p><a class="button" href="{self._href(standard)}">{self.words["reset"]}</a></p>'
        large = replace(self.view, size=max(self.view.size, LARGE_PRINT), printing=True)
        return (
            f'<nav class="tools" aria-label="{self.words["tools"]}">{sizes}'
            f"<details{' open' if changed else ''}><summary>{self.words['display']}</summary>"
            f"{themes}{spaces}{reset}</details>"
            f'<p class="print-link"><a class="button" href="{self._href(large)}">'
            f"{self.words['print']}</a></p></nav>"
        )

    def _choices(self, word: str, choices: Iterable[tuple[View, str, bool]], name: str) -> str:
        items = "".join(
            f'<li><a href="{self._href(view)}"{CURRENT * current}>{escape(label)}</a></li>'
            for view, label, current in choices
        )
        return (
            f'<p id="{name}">{self.words[word]}</p><ul class="{name}" aria-labelledby="{name}">{items}</ul>'
        )

    def _print_note(self) -> str:
        back = replace(self.view, printing=False)
        return (
            f'<div class="print-note"><p>{self.words["print_how"]}</p>'
            f'<p><a class="button" href="{self._href(back)}">{self.words["print_back"]}</a></p></div>'
        )

    def _audio(self) -> str:
        source = self.links.get("audio")
        if not source:
            return ""
        audio = escape(source)
        return (
            f'<section class="audio" aria-labelledby="nghe"><h2 id="nghe">{self.words["listen"]}</h2>'
            # Nothing is fetched, or spoken, before somebody asks for it.
            f'<audio controls preload="none" src="{audio}">{self.words["no_audio"]}</audio>'
            f'<p><a href="{audio}" download>{self.words["download"]}</a></p></section>'
        )

    def _summary(self) -> str:
        summary, own = self.summary, self.words
        head = f'<section class="summary" id="tom-tat" aria-labelledby="tt"><h2 id="tt">{own["summary"]}</h2>'
        if summary is None:
            return f"{head}<p>{own['summary_failed']}</p></section>"
        points = "".join(
            f"<li><span{self._lang()}>{escape(each.text)}</span> {self._to_sentence(each.source)}</li>"
            for each in summary.sentences
        )
        facts = "".join(
            f"<div><dt>{FACT_LABELS.get(fact.kind, (fact.kind, fact.kind))[self.column]}</dt>"
            f"<dd><span{self._lang()}>{escape(fact.value)}</span> "
            f"{self._to_sentence(fact.sentence)}</dd></div>"
            for fact in summary.facts
        )
        level = summary.article_readability
        band = own["level"].format(band=BANDS[level.band][self.column]) if level else ""
        return (
            f'{head}<ol aria-label="{own["main_points"]}">{points}</ol>'
            + (f"<h3>{own['facts']}</h3><dl>{facts}</dl>" if facts else "")
            + (f"<p>{band}.</p>" if band else "")
            + f'<p class="note">{own["machine_note"]}</p></section>'
        )

    def _to_sentence(self, index: int) -> str:
        if not 0 <= index < len(self.article.sentences):
            return ""
        label = self.words["see_source"].format(n=index + 1)
        return f'<a class="source" href="#{sentence_id(index)}">{label}</a>'

    def _article(self) -> str:
        article, own = self.article, self.words
        cited = frozenset(each.source for each in self.summary.sentences) if self.summary else frozenset()
        blocks = render_blocks(article, self.terms, cited=cited, words=own)
        credit = "".join(
            f'<p class="credit">{own[word].format(name=f"<span{self._lang()}>{escape(name)}</span>")}</p>'
            for word, name in (("by", article.byline), ("source", article.source))
            if name
        )
        return (
            f'<article id="bai-viet" aria-label="{own["article"]}"><div{self._lang()}>{blocks}</div>'
            f"{credit}</article>"
        )

    def _terms(self) -> str:
        if not self.terms:
            return ""
        entries = "".join(self._term(number, term) for number, term in enumerate(self.terms))
        return (
            f'<section class="terms" aria-labelledby="tu-ngu"><h2 id="tu-ngu">{self.words["terms"]}</h2>'
            f"<dl>{entries}</dl></section>"
        )

    def _term(self, number: int, term: Term) -> str:
        own = term_id(number)
        return (
            f'<div id="{own}"><dt{self._lang()}>{escape(term.text)}</dt><dd><span{self._lang()}>'
            f"{escape(term.meaning)}</span> {self._to_sentence(term.sentence)}</dd></div>"
        )

    def _foot(self) -> str:
        shown = escape(self.article.url or self.original)
        return (
            f"<footer><p>{self.words['about']}</p>"
            f'<p>{self.words["official"]} <a href="{address(self.original)}">{shown}</a></p></footer>'
        )


def _time(when: datetime | None) -> str:
    """As people write it: 08:46, 15/3/2019; the hour is left out where the page gives none."""
    if when is None:
        return ""
    day = f"{when.day}/{when.month}/{when.year}"
    return f"{when:%H:%M}, {day}" if (when.hour, when.minute) != (0, 0) else day
