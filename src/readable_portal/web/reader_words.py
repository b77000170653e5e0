"""The words of the reader page, Vietnamese and English; the widget's where both have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BANDS", "SPACES", "THEMES", "words"]

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "page": ("Trang đọc dễ", "Easy-to-read page"),
    "skip": ("Đến nội dung bài viết", "Skip to the article"),
    "original": ("Xem trang chính thức", "See the official page"),
    "official": ("Bản chính thức:", "Official text:"),
    "tools": ("Công cụ đọc", "Reading tools"),
    "size": ("Cỡ chữ", "Text size"),
    "display": ("Hiển thị", "Display"),
    "colours": ("Màu nền và chữ", "Colours"),
    "spacing": ("Giãn chữ và giãn dòng", "Letter and line spacing"),
    "reset": ("Đặt lại như ban đầu", "Reset"),
    "listen": ("Nghe bài", "Listen"),
    "download": ("Tải bản đọc (MP3)", "Download audio (MP3)"),
    "no_audio": (
        "Trình duyệt này không phát được âm thanh. Quý vị có thể tải bản đọc về máy.",
        "This browser cannot play audio. You can download it instead.",
    ),
    "summary": ("Tóm tắt", "Summary"),
    "main_points": ("Nội dung chính", "Main points"),
    "see_source": ("Xem trong bài, câu {n}", "See in the article, sentence {n}"),
    "to_summary": ("Về tóm tắt", "Back to the summary"),
    "machine_note": (
        "Tóm tắt do máy tạo từ bài viết. Bài gốc là bản chính thức.",
        "Made by machine from the article. The original is the official text.",
    ),
    "summary_failed": ("Chưa tóm tắt được bài này.", "This article could not be summarised."),
    "facts": ("Điều cần biết", "What you need to know"),
    "terms": ("Từ ngữ trong bài", "Terms in this article"),
    "level": ("Độ khó của bài: {band}", "Reading level of the article: {band}"),
    "minutes": ("Đọc {read} phút, nghe {listen} phút", "{read} min to read, {listen} min to hear"),
    "print": ("In chữ lớn", "Large print"),
    "print_how": (
        "Bấm Ctrl + P để in. Trên điện thoại, mở bảng chọn của trình duyệt, chọn Chia sẻ rồi In.",
        "Press Ctrl + P to print. On a phone, open the browser's menu, then Share and Print.",
    ),
    "print_back": ("Quay lại trang đọc", "Back to reading"),
    "other_language": ("English", "Tiếng Việt"),
    "places": ("Trong trang này", "On this page"),
    "article": ("Bài viết", "Article"),
    "by": ("Người viết: {name}", "By {name}"),
    "source": ("Nguồn: {name}", "Source: {name}"),
    "caption": ("Chú thích ảnh:", "Picture caption:"),
    "table": ("Bảng {n}", "Table {n}"),
    "about": (
        "Trang này lấy chữ từ bài viết trên cổng thông tin, không sửa lời.",
        "This page shows the words of the article on the portal, unchanged.",
    ),
}

# name -> Vietnamese, English; the names stand in addresses and in reader.css.
THEMES: Final[Mapping[str, tuple[str, str]]] = {
    "auto": ("Theo máy", "As on this device"),
    "light": ("Sáng", "Light"),
    "sepia": ("Kem", "Sepia"),
    "dark": ("Tối", "Dark"),
    "contrast": ("Tương phản cao", "High contrast"),
    "yellow": ("Vàng trên đen", "Yellow on black"),
}
SPACES: Final[Mapping[str, tuple[str, str]]] = {
    "normal": ("Thường", "Normal"),
    "wide": ("Rộng", "Wide"),
    "wider": ("Rất rộng", "Very wide"),
}
BANDS: Final[Mapping[str, tuple[str, str]]] = {
    "easy": ("dễ", "easy"),
    "medium": ("vừa", "medium"),
    "hard": ("khó", "hard"),
    "very-hard": ("rất khó", "very hard"),
}


def words(language: str) -> Mapping[str, str]:
    """The words in ``language`` ("vi" or "en")."""
    column = 1 if language == "en" else 0
    return {key: pair[column] for key, pair in _WORDS.items()}
