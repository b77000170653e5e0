"""What a visitor sees when the proxy has no answer of the portal's: plain words and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Scope, Send

__all__ = ["failure_page"]

PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="readable-portal" content="off">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{what}</p>
<p>Xin bà con đợi vài phút rồi <a href="">tải lại trang</a>.</p>
<p lang="en">{english} Please try again in a few minutes.</p>
</main>
</body>
</html>
"""
WORDS = {
    400: (
        "Địa chỉ này không đúng",
        "Máy chủ không hiểu địa chỉ được yêu cầu.",
        "The server does not understand this address.",
    ),
    408: (
        "Kết nối quá chậm",
        "Máy chủ chưa nhận được đủ nội dung gửi lên.",
        "What was sent did not arrive in time.",
    ),
    502: (
        "Chưa kết nối được với cổng thông tin",
        "Cổng thông tin đang bận hoặc đang được bảo trì.",
        "The portal cannot be reached right now.",
    ),
    504: (
        "Cổng thông tin trả lời quá chậm",
        "Đã đợi lâu mà cổng thông tin chưa trả lời.",
        "The portal takes too long to answer.",
    ),
}


async def failure_page(status: int, scope: Scope, send: Send) -> None:
    """Answer 400, 408, 502 or 504 with a page in plain Vietnamese (and English)."""
    title, what, english = WORDS[status]
    body = PAGE.format(title=title, what=what, english=english).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'"),
    ]
    if status >= 500:
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
