"""Waiting for a condition, not for a time: a busy machine is slow, and not wrong."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

# Longer than any machine needs; only a fault takes as long.
PATIENCE = 60
# Between looks, in seconds; the driver's own loop gets its turn within each look.
PAUSE = 0.02


def until(check: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
    """What ``check`` returns, once that is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(PAUSE)
    pytest.fail(f"it did not come within {seconds} s")


def left(look: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
    """What ``look`` still finds after so long; nothing, as soon as it finds nothing."""
    deadline = time.monotonic() + seconds
    while (found := look()) and time.monotonic() < deadline:
        time.sleep(PAUSE)
    return found
