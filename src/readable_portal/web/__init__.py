"""What answers over HTTP: middleware, endpoints, reader page, proxy, embed."""

from __future__ import annotations
