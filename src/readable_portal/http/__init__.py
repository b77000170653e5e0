"""Pure functions on bytes and headers, for the middleware."""

from __future__ import annotations
