"""From a sentence to sound, with marks."""

from __future__ import annotations
