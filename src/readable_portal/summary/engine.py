"""Who sums up: one protocol, the engines that come with the package, and a door for others.

An engine may take its time and may lie: ``summary/service.py`` keeps slow ones off the request path, and
``completion.complete`` gates what every one of them says.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from readable_portal.errors import SettingsError
from readable_portal.summary.extractive import extract

if TYPE_CHECKING:
    from readable_portal.model import Article, Summary
    from readable_portal.settings import Settings

__all__ = ["GROUP", "Extract", "Summarizer", "get_summarizer"]

# Entry points here are callables that take the Settings and return a Summarizer.
GROUP = "readable_portal.summarizers"


@runtime_checkable
class Summarizer(Protocol):
    """Makes a draft of a summary. It is called in a thread, never in the event loop.

    Attributes:
        name: Stands in ``Summary.engine``. A new model, prompt or version must have a new name: kept
        summaries
            are found by it.
        quick: Whether a reader can wait for it (milliseconds). Others work in the background.
    """

    name: str
    quick: bool

    def draft(self, article: Article, *, sentences: int) -> Summary:
        """A summary of at most ``sentences`` sentences, before gate, facts and terms.

        Raises:
            SummaryError: It could not be made.
        """
        ...


class Extract:
    """The built-in engine: the article's own best sentences in plainer form."""

    name = "extract"
    quick = True

    def draft(self, article: Article, *, sentences: int) -> Summary:
        """See :class:`Summarizer`."""
        return extract(article, sentences=sentences)


def get_summarizer(settings: Settings) -> Summarizer:
    """The engine that ``settings.summarizer`` names: extract, chat, or an entry point.

    Raises:
        SettingsError: There is none of that name, or it lacks a setting.
    """
    name = settings.summarizer
    if name == "extract":
        return Extract()
    if name == "chat":
        from readable_portal.summary.chat import Chat  # noqa: PLC0415 - the HTTP client loads when asked for

        return Chat.from_settings(settings)
    found = {each.name: each for each in entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join(["extract", "chat", *sorted(found)])
        raise SettingsError("summarizer", name, f"one of {known} (others add entry points to {GROUP})")
    made = found[name].load()(settings)
    if not isinstance(made, Summarizer):
        raise SettingsError("summarizer", name, "an entry point that returns a Summarizer")
    return made
