"""The words that tell whether a full stop ends a sentence: closed lists of the language, not of any text."""

from __future__ import annotations

import re

__all__ = [
    "NUMBERED",
    "OFFICES",
    "OPENERS",
    "PERSONS",
    "PLACES",
    "SHORT_PLACES",
    "SUFFIXES",
    "TITLES",
    "UNFINISHED",
    "ends_after_letter",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before the name of a place, or of a school or hospital.
PLACES = _words("TP Tp tp TX Tx tx TT Tt tt H h Q q P p X x T t Đ đ KP Kp kp ĐH CĐ BV")

# Names of cities in one word, which a small letter may follow at once ("TP. Huế được", "TP. HCM đã").
SHORT_PLACES = _words("Huế Vinh HCM HN Pleiku HUẾ VINH ĐN BMT")

# Before the name of a person. They end a sentence only if one plainly begins after them.
TITLES = _words("""
    GS Gs PGS TS Ts TSKH ThS Ths THS BS Bs KS Ks KTS Kts LS Ls DS Ds CN CKI CKII CK1 CK2 BSCKI BSCKII
    BSNT NSND NSƯT NSUT NGND NGƯT NGUT TTND TTƯT NNƯT NNND AHLĐ ĐD KTV CVP PCT PGĐ GĐ PVP
""")

# Never the end of a sentence: something always follows. Small letters here, any in the text.
UNFINISHED = _words("kt tm tl tuq đ/c đc mr mrs ms dr prof st no nxb vd cty tr tel fax đt sđt đtdđ hotline")
# Of these, the ones that only go on with a number.
NUMBERED = _words("tr no đt sđt đtdđ tel fax hotline")

# What "Q." (acting) and "P." (deputy) stand before.
OFFICES = (
    "chủ tịch",
    "chủ nhiệm",
    "giám đốc",
    "tổng giám",
    "trưởng",
    "phó",
    "bí thư",
    "hiệu trưởng",
    "chánh",
    "cục trưởng",
    "vụ trưởng",
    "viện trưởng",
    "chi cục",
    "tổng biên",
    "bộ trưởng",
    "kế toán",
    "đội trưởng",
    "công an",
    "ban ",
)

# First words of sentences. They count only with a small letter after them ("Hội nghị", not "Hội An").
OPENERS = _words("""
    Theo Trong Tuy Sau Các Trước Một Tại Ngày Khi Ngoài Đây Hiện Người Những Tôi Tổng Nhưng Với Do Đến
    Nhiều Nếu Có Từ Cũng Năm Không Chúng Việc Vì Điều Hai Nhà Như Sáng Thông Còn Để Về Đại Bên Chiều Họ
    Và Kết Vụ Dự Thủ Đồng Cơ Cảnh Thời Chính Dù Đối Đó Sự Cuộc Được Đặc Ngay Qua Khoảng Lãnh Lúc Cùng Ở
    Báo Riêng Phát Trên Bởi Chỉ Trường Số Mỗi Vào Mới Hôm Mặc Nguyên Lực Liên Tất Cả Chiếc Tháng Sở Nhận
    Nó Thế Hồi Hội Bản Thậm Quá Gần Hàng Cho Tiếp Hơn Nhóm Nói Xe Con Mức Thứ Đơn Cuối Quyết Kế Nhờ Công
    Cán Địa Đoàn Ban Bộ Tỉnh Huyện Xã Phường Quận Thành Dân Hộ Học Giáo Bệnh Nạn Nghi Đối Tối Trưa Đêm
    Đầu Giữa Mọi Đa Phần Tính Tỷ Tỉ Giá Kinh Vốn Diện Chi Mục Nội Yêu Đề Chương Phong Hoạt Buổi Lễ Nghị
    Thực Căn Xét Ai Bao Vậy Bị Đã Sẽ Đang Phải Cần Nên Hãy Xin Mời Rất Vẫn Trả Giải Đợt Lần Tin Ảnh
    Nguồn Gia Bố Mẹ Vợ Chồng
""")

# Words that begin sentences also before a name.
PERSONS = _words("Ông Bà Anh Chị Cô Chú Cháu")

# After the last dot of an address or a file, where a capital does not begin a sentence.
SUFFIXES = _words("""
    vn com net org gov edu info html htm php asp aspx jsp pdf doc docx xls xlsx ppt pptx jpg jpeg png
    gif zip rar mp3 mp4 txt xml json js py exe apk
""")

# Words that a letter, a Roman number or a unit follows as their name: "viêm gan B", "phương án A", "38 độ C".
LABELS = _words("""
    vitamin gan nhóm loại hạng lớp khối khu lô điểm mẫu án tổ đội bảng cấp lục tòa nhà block dãy đề hình
    tuyến số độ kỷ quý kỳ khóa khoá thứ máu cúm sân mục phần chương tập bậc diện dạng ô cột đường
""")
NUMBER = re.compile(r"\d[%°]?$")


def ends_after_letter(letter: str, left: str) -> bool:
    """Whether a lone letter before a full stop is a name of its own, after the words in ``left``.

    "phương án A.", "3 m.", but not the initial in "C. Mác" nor the abbreviation in "P. Vĩnh Thanh".
    """
    previous = left.rsplit(None, 1)[-1].lower() if left else ""
    if letter.islower() and len(letter) == 1 and letter not in PLACES:
        return True
    if len(letter) > 1:
        return False
    return previous in LABELS or NUMBER.search(left) is not None
