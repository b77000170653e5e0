"""A portal as old PHP makes it, on the standard library alone: `python php_like.py PORT`.

It sets a session cookie, sends pages without a length, redirects with its own full address, and takes a form.
With the environment's `TAG` it adds that tag to each page's head, as a portal does that embeds the reader.
"""

from __future__ import annotations

import http.server
import os
import sys
import urllib.parse

ARTICLES = {
    "2": (
        "Tuyển quân năm 2026: thanh niên cần biết gì",
        [
            "Ban Chỉ huy Quân sự (BCHQS) xã thông báo việc khám tuyển nghĩa vụ quân sự năm 2026.",
            "Thanh niên từ đủ 18 đến hết 25 tuổi có giấy gọi thì đến trạm y tế xã ngày 12/12/2026.",
            "Khi đi, thanh niên mang theo thẻ căn cước và giấy gọi, không cần giấy tờ nào khác của xã.",
            "Ai đang học đại học thì nộp giấy xác nhận của trường trước ngày 30/11/2026 để tạm hoãn.",
            "Ai vì ốm đau không đến được thì gia đình báo cho BCHQS xã để xã xếp cho ngày khám khác.",
            "Việc khám không mất tiền. Mọi thắc mắc xin gọi số 0290 3000 222 trong giờ hành chính.",
        ],
    ),
}


class Portal(http.server.BaseHTTPRequestHandler):
    """Answers as such a portal does."""

    protocol_version = "HTTP/1.0"
    server_version = "Apache/2.4 PHP/5.6"

    def do_GET(self) -> None:
        """Pages by their `?id=`."""
        address = urllib.parse.urlsplit(self.path)
        wanted = urllib.parse.parse_qs(address.query).get("id", [""])[0]
        if address.path == "/go.php":
            self.send_response(302)
            self.send_header("Location", f"http://{self.headers['Host']}/news.php?id=2")
            self.end_headers()
        elif address.path == "/news.php" and wanted in ARTICLES:
            title, paragraphs = ARTICLES[wanted]
            body = "".join(f"<p style='font-size:12px'>{each}</p>" for each in paragraphs)
            self.page(title, f"<h2>{title}</h2><span class='time'>08:00 20/11/2026</span><div>{body}</div>")
        else:
            links = "".join(
                f"<li><a href='/news.php?id={key}'>{ARTICLES[key][0]}</a></li>" for key in ARTICLES
            )
            visits = "PHPSESSID" in (self.headers["Cookie"] or "")
            self.page("Trang chủ", f"<ul>{links}</ul><p>{'Chào bạn trở lại' if visits else 'Chào bạn'}</p>")

    def do_POST(self) -> None:
        """Thank for what was sent."""
        sent = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.page("Cảm ơn", f"<p>Đã nhận: {len(sent)} ô</p>")

    def page(self, title: str, body: str) -> None:
        """Send a page without saying how long it is."""
        tag = os.environ.get("TAG", "")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Set-Cookie", "PHPSESSID=abc123; path=/; HttpOnly")
        self.end_headers()
        self.wfile.write(
            f"<!DOCTYPE html>\n<html lang='vi'><head><meta charset='utf-8'><title>{title}</title>{tag}</head>"
            f"<body><div id='menu'><a href='/'>Trang chủ</a></div>{body}</body></html>".encode()
        )

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Portal).serve_forever()
