"""``python -m readable_portal``."""

from __future__ import annotations

from readable_portal.cli import main

main()
