"""Errors as people and programs can read them: problem+json (RFC 9457), in Vietnamese or English."""

from __future__ import annotations

import json
import logging
import math
from typing import TYPE_CHECKING

from starlette.responses import Response

from readable_portal.errors import ReadablePortalError, SpeechBusy, TooManyRequests
from readable_portal.logs import event

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["problem", "problem_from"]

log = logging.getLogger(__name__)

# code -> status, Vietnamese, English. Codes are those of the error tree.
TITLES: Mapping[str, tuple[int, str, str]] = {
    "not-an-article": (404, "Trang này không phải là một bài viết.", "This page is not an article."),
    "page-unavailable": (
        502,
        "Chưa lấy được trang này. Xin thử lại sau ít phút.",
        "The page could not be had. Please try again in a few minutes.",
    ),
    "page-too-large": (422, "Trang này quá lớn.", "This page is too large."),
    "page-refused": (403, "Trang này không đọc được ở đây.", "This page may not be read here."),
    "page-error": (502, "Chưa lấy được trang này.", "The page could not be had."),
    "speech-failed": (
        503,
        "Chưa đọc được bài này. Xin thử lại sau ít phút.",
        "This article cannot be read aloud now. Please try again in a few minutes.",
    ),
    "speech-unavailable": (
        503,
        "Chưa đọc được bài này. Xin thử lại sau ít phút.",
        "This article cannot be read aloud now. Please try again in a few minutes.",
    ),
    "speech-busy": (
        503,
        "Nhiều người đang nghe. Xin thử lại sau {n} giây.",
        "Many people are listening. Please try again in {n} seconds.",
    ),
    "speech-rejected": (422, "Không đọc được câu này.", "This text cannot be read aloud."),
    "summary-failed": (
        503,
        "Chưa tóm tắt được bài này.",
        "This article could not be summarised.",
    ),
    "store-failed": (
        503,
        "Tạm thời chưa dùng được. Xin thử lại sau ít phút.",
        "Not available right now. Please try again in a few minutes.",
    ),
    "bad-request": (400, "Địa chỉ này thiếu hoặc sai tham số.", "A parameter is missing or wrong."),
    "not-found": (404, "Không có địa chỉ này.", "There is nothing at this address."),
    "too-many-requests": (
        429,
        "Có quá nhiều yêu cầu. Xin thử lại sau {n} giây.",
        "Too many requests. Please try again in {n} seconds.",
    ),
    "error": (500, "Có lỗi xảy ra. Xin thử lại sau.", "Something went wrong. Please try again later."),
}


# Details that may name folders, buckets, hosts or settings of ours: for the operator's log alone.
INTERNAL = {"store-failed", "speech-unavailable", "speech-failed", "bad-setting"}


def problem(
    code: str, detail: str = "", *, language: str = "vi", retry_after: float | None = None
) -> Response:
    """An answer of type ``application/problem+json``; ``retry_after`` in seconds becomes a header."""
    status, vietnamese, english = TITLES.get(code, TITLES["error"])
    seconds = max(1, math.ceil(retry_after)) if retry_after is not None else 5
    title = (vietnamese if language == "vi" else english).replace("{n}", str(seconds))
    body = {"type": code, "title": title, "status": status}
    if detail:
        body["detail"] = detail
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if retry_after is not None:
        headers["Retry-After"] = str(seconds)
    return Response(
        json.dumps(body, ensure_ascii=False).encode(),
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


def problem_from(error: Exception, *, language: str = "vi") -> Response:
    """The answer for an error. What is not of our tree is logged and told nothing about."""
    if not isinstance(error, ReadablePortalError):
        log.error("unexpected error in an endpoint", exc_info=error, extra=event("endpoint-failed"))
        return problem("error", language=language)
    retry_after = error.retry_after if isinstance(error, SpeechBusy | TooManyRequests) else None
    detail = "" if error.code in INTERNAL else str(error)
    answer = problem(error.code, detail, language=language, retry_after=retry_after)
    if error.code == "not-an-article":
        # Every visitor's widget asks once; lists stay lists for a minute.
        answer.headers["Cache-Control"] = "max-age=60"
    return answer
