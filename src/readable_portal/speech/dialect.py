"""Whose number words go with a voice: four thousand is "bốn nghìn" in Hà Nội and "bốn ngàn" in Cần Thơ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readable_portal.settings import Settings

__all__ = ["dialect_for"]

# Our names of espeak's voices. A Piper voice's name does not tell its region, so there the setting does.
_REGIONS = {"vi-central": "central", "vi-south": "south"}


def dialect_for(settings: Settings) -> str:
    """The ``dialect`` of ``verbalize``: as set, else by the first voice, else the North's.

    The first voice speaks for a whole chain, for a recording's words are chosen before anybody speaks.
    """
    if settings.dialect != "auto":
        return settings.dialect
    return _REGIONS.get(settings.voice.partition(",")[0].strip(), "north")
