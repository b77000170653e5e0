"""Lists, home pages, searches, forms and errors are refused, each with its reason."""

from __future__ import annotations

import pytest

from readable_portal.errors import NotAnArticle
from readable_portal.page.article import read_article

HEADLINES = [
    "Khai mạc hội thao truyền thống lực lượng dân quân",
    "Tập huấn kỹ năng số cho tổ công nghệ cộng đồng",
    "Công bố danh mục thủ tục hành chính mới ban hành",
    "Bế giảng lớp học bơi miễn phí cho thiếu nhi xã",
    "Kết quả thi tuyển viên chức ngành giáo dục năm nay",
    "Hội nghị sơ kết công tác sáu tháng đầu năm",
    "Trao nhà tình nghĩa cho gia đình chính sách",
    "Lịch cắt điện để sửa chữa lưới điện tuần tới",
]
TEASERS = [
    "Sáng nay, hội thao khai mạc với sự tham gia của hơn ba trăm vận động viên đến từ mười hai xã, phường.",
    "Lớp tập huấn giúp thành viên tổ công nghệ cộng đồng hướng dẫn người dân nộp hồ sơ trực tuyến tại nhà.",
    "Danh mục gồm mười bảy thủ tục thuộc lĩnh vực đất đai, hộ tịch và bảo trợ xã hội, áp dụng từ tháng sau.",
    "Sau ba tuần, một trăm hai mươi em nhỏ đã biết bơi và biết cách xử lý khi gặp tai nạn dưới nước.",
    "Hội đồng thi công bố điểm và danh sách thí sinh trúng tuyển, thời gian nhận đơn phúc khảo là mười ngày.",
    "Hội nghị đánh giá kết quả thực hiện nhiệm vụ kinh tế, xã hội và bàn giải pháp cho sáu tháng cuối năm.",
    "Căn nhà trị giá tám mươi triệu đồng được xây từ quỹ đền ơn đáp nghĩa và công sức của đoàn viên.",
    "Điện lực thông báo lịch ngừng cung cấp điện tại một số khu vực để bảo dưỡng đường dây trung thế.",
]
MENU = "".join(
    f"<li><a href='/m{i}'>{name}</a></li>"
    for i, name in enumerate(["Trang chủ", "Tin tức", "Văn bản", "Liên hệ"])
)


def page(inner: str, title: str = "Cổng thông tin") -> str:
    head = f"<html lang='vi'><head><title>{title}</title></head>"
    return f"{head}<body><ul class='menu'>{MENU}</ul>{inner}</body></html>"


def links(tag: str = "li", dated: str = "") -> str:
    return "".join(f"<{tag}><a href='/tin/{i}'>{text}</a>{dated}</{tag}>" for i, text in enumerate(HEADLINES))


def teasers(shape: str) -> str:
    return "".join(
        shape.format(i=i, head=head, text=text, day=i + 1)
        for i, (head, text) in enumerate(zip(HEADLINES, TEASERS, strict=True))
    )


FIELDS = "".join(f"<p><label>Mục {i}</label><input type='text' name='f{i}'></p>" for i in range(6))
NOTE = "Nội dung góp ý sẽ được chuyển đến cơ quan có thẩm quyền và trả lời trong mười ngày làm việc."
PAGES = {
    "list of links": ("list", "", page(f"<h1>Tin trong huyện</h1><ul>{links()}</ul>")),
    "links with dates": (
        "list",
        "",
        page(f"<h2>Thông báo</h2><div>{links('div', ' <span>(01/02/2020)</span>')}</div>"),
    ),
    "headline and teaser": (
        "list",
        "",
        page(
            "<h1>Tin tức</h1>"
            + teasers("<div class='item'><h3><a href='/{i}'>{head}</a></h3><p>{text}</p></div>")
        ),
    ),
    "teasers with images and dates": (
        "list",
        "",
        page(
            "<h1>Sự kiện</h1>"
            + teasers(
                "<div class='tin'><a href='/{i}'><img src='/a.jpg'></a><h2><a href='/{i}'>{head}</a></h2>"
                "<span class='ngay'>0{day}/03/2020</span><div>{text}</div></div>"
            )
        ),
    ),
    "teasers with a link to the rest": (
        "list",
        "",
        page(
            "<h1>Hoạt động</h1>"
            + teasers("<div><h3>{head}</h3><p>{text}</p><a href='/{i}'>Xem chi tiết</a></div>")
        ),
    ),
    "teasers in a table": (
        "list",
        "",
        page(
            "<table>"
            + teasers(
                "<tr><td><img src='/a.jpg'></td><td><b><a href='/{i}'>{head}</a></b><br>{text}</td></tr>"
            )
            + "</table>"
        ),
    ),
    "cards that are links": (
        "list",
        "",
        page(teasers("<a href='/{i}'><h3>{head}</h3><p>{text}</p></a>")),
    ),
    "documents": (
        "list",
        "",
        page(
            "<h1>Văn bản mới</h1><table><tr><th>Số</th><th>Trích yếu</th></tr>"
            + "".join(
                f"<tr><td>{i + 10}/KH-UBND</td><td><a href='/vb/{i}'>Kế hoạch {head.lower()}</a></td></tr>"
                for i, head in enumerate(HEADLINES)
            )
            + "</table>"
        ),
    ),
    "archive by month": (
        "list",
        "",
        page("".join(f"<h2>Tháng {m}/2020</h2><ul>{links()}</ul>" for m in (1, 2, 3))),
    ),
    "tag page": ("list", "", page(f"<h1>Từ khóa: chuyển đổi số</h1><ol>{links()}</ol>")),
    "site map": (
        "list",
        "",
        page("".join(f"<h3>Mục {i}</h3><ul>{links()}</ul>" for i in range(3)), "Sơ đồ cổng"),
    ),
    "home page": (
        "home",
        "https://portal.example/",
        page(
            f"<div><h2>Tin nổi bật</h2><ul>{links()}</ul></div>"
            f"<div><h2>Thông báo</h2><ul>{links()}</ul></div>"
            f"<p>{TEASERS[0]}</p>"
        ),
    ),
    "home page with a welcome": (
        "home",
        "https://portal.example/trang-chu",
        page(
            f"<p>{TEASERS[5]} {TEASERS[2]}</p>"
            + "".join(f"<div><h2>Chuyên mục {i}</h2><ul>{links()}</ul></div>" for i in range(4))
        ),
    ),
    "home page of teasers": (
        "home",
        "https://portal.example/index.html",
        page(teasers("<div><h3><a href='/{i}'>{head}</a></h3><p>{text}</p></div>")),
    ),
    "search results": (
        "search",
        "",
        page(
            "<h1>Kết quả tìm kiếm cho “khai sinh”</h1>"
            + teasers("<div><a href='/{i}'>{head}</a><p>{text}</p></div>"),
            "Kết quả tìm kiếm",
        ),
    ),
    "search without results": (
        "search",
        "",
        page("<h1>Tìm kiếm</h1><form><input name='q'></form><p>Nhập từ cần tìm vào ô trên.</p>", "Tìm kiếm"),
    ),
    "feedback form": ("form", "", page(f"<h1>Góp ý</h1><form><p>{NOTE}</p>{FIELDS}</form>")),
    "sign in": (
        "form",
        "",
        page("<h1>Đăng nhập</h1><form><input name='u'><input type='password' name='p'></form>", "Đăng nhập"),
    ),
    "form with a long notice": (
        "form",
        "",
        page(f"<h1>Đặt lịch hẹn</h1><form><p>{NOTE} {TEASERS[1]}</p><p>{TEASERS[2]}</p>{FIELDS}</form>"),
    ),
    "not found": (
        "error",
        "",
        page("<h1>404 - Không tìm thấy trang</h1><p>Trang bạn tìm không tồn tại hoặc đã được chuyển đi.</p>"),
    ),
    "not found with advice": (
        "error",
        "",
        page(
            "<h1>Không tìm thấy</h1><p>Địa chỉ bạn nhập không có trên cổng. Vui lòng kiểm tra lại địa chỉ, "
            f"hoặc dùng ô tìm kiếm ở đầu trang để tìm bài viết.</p><ul>{links()}</ul>"
        ),
    ),
    "server error": (
        "error",
        "",
        page("<h1>Server Error in '/' Application.</h1><p>Runtime Error</p>", "Runtime Error"),
    ),
    "maintenance": (
        "error",
        "",
        page("<h1>Hệ thống đang bảo trì</h1><p>Cổng thông tin tạm ngừng phục vụ đến 6 giờ sáng mai.</p>"),
    ),
    "nothing": ("no-text", "", "<html><body></body></html>"),
    "frames": (
        "no-text",
        "",
        "<html><frameset cols='20%,80%'><frame src='/a'><frame src='/b'></frameset></html>",
    ),
    "page made by scripts": (
        "no-text",
        "",
        "<html><body><div id='app'></div><script>go()</script></body></html>",
    ),
    "an image and its caption": (
        "too-short",
        "",
        page("<h1>Thư viện ảnh</h1><img src='/1.jpg'><p>Quang cảnh hội nghị sáng 12/5.</p>"),
    ),
    "directory of officials": (
        "too-short",
        "",
        page(
            "<h1>Cơ cấu tổ chức</h1>"
            + "".join(
                f"<div><b>Ông Nguyễn Văn {n}</b><br>Phó phòng</div>" for n in ["An", "Bình", "Cường", "Dũng"]
            )
        ),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_it_is_refused_with_its_reason(name: str) -> None:
    reason, url, html = PAGES[name]
    with pytest.raises(NotAnArticle) as caught:
        read_article(html.encode(), url=url)
    assert caught.value.reason == reason


def test_a_short_notice_is_an_article() -> None:
    article = read_article(
        page(
            "<h1>Thông báo cắt nước tạm thời</h1><p>Ngày 12/05/2020</p><p>Trạm cấp nước xã Bình An báo ngừng "
            "cấp nước từ 8 giờ đến 11 giờ ngày 14/5 tại ấp 3 để sửa đường ống. Mong bà con trữ nước dùng.</p>"
        )
    )
    assert article.title == "Thông báo cắt nước tạm thời"


def test_a_page_of_frames_is_no_article() -> None:
    with pytest.raises(NotAnArticle):
        read_article("<p><frameset><frame src=/tin/1></frameset>")
