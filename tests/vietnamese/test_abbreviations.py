from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.vietnamese.abbreviations import abbreviations, expand, find_abbreviations, lookup
from readable_portal.vietnamese.definitions import learn
from readable_portal.vietnamese.tables import read_table


def test_table_is_sorted_unique_composed_and_sourced() -> None:
    rows = [(row.short, row.expansion) for row in abbreviations()]
    assert rows == sorted(set(rows))
    for row in read_table("abbreviations"):
        assert all(unicodedata.is_normalized("NFC", cell) and cell == cell.strip() for cell in row.values())
        assert row["source"]
        assert row["domain"]
        assert row["say"] in {"full", "letters"}
        assert not set(row["short"].rstrip(".")) & set("-&/+. "), "joiners are normalised away"


def test_only_one_meaning_may_stand_without_context() -> None:
    plain = Counter(row.short for row in abbreviations() if not row.context)
    assert {short for short, count in plain.items() if count > 1} == set()


def test_the_table_is_large_enough() -> None:
    assert len({row.short for row in abbreviations()}) >= 400


@pytest.mark.parametrize(
    "short",
    ["LĐ-TB&XH", "LĐTB&XH", "LĐ–TB–XH", "LĐ - TB & XH", "LĐTBXH", "LĐ-TB và XH", "LĐ, TB và XH", "LĐ.TB&XH"],
)
def test_joiners_do_not_matter(short: str) -> None:
    assert expand(short) == "Lao động - Thương binh và Xã hội"


@pytest.mark.parametrize(
    ("short", "before", "after", "expected"),
    [
        ("UBND", "", "", "Ủy ban nhân dân"),
        ("HDND", "", "", "Hội đồng nhân dân"),
        ("ubnd", "", "", "Ủy ban nhân dân"),
        ("tha", "", "", None),
        ("Ths", "", "", "Thạc sĩ"),
        ("Th.S", "", "", "Thạc sĩ"),
        ("T.Ư", "", "", "Trung ương"),
        ("GS.TS.", "", " Nguyễn Lân", "Giáo sư, Tiến sĩ"),
        ("PGS.TS", "", " Trần Văn Nam", "Phó Giáo sư, Tiến sĩ"),
        ("BS.CKII", "", "", "Bác sĩ chuyên khoa II"),
        ("Tp.HCM", "", "", "Thành phố Hồ Chí Minh"),
        ("H.", "tại ", " An Biên", "huyện"),
        ("H", "vi khuẩn ", " An", None),
        ("Q.", "", " Chủ tịch UBND", "Quyền"),
        ("Q.", "tại ", " Bình Tân", "quận"),
        ("P.", "tại ", " 5, Q. 3", "phường"),
        ("P.", "", " Giám đốc", "Phó"),
        ("TT.", "", " Lương Sơn", "thị trấn"),
        ("TT", "", " Y tế huyện", "trung tâm"),
        ("TT", "căn cứ ", " số 01", "thông tư"),
        ("TT", "", " khác", None),
        ("CT", "Phó ", " UBND", "chủ tịch"),
        ("CT", "lô đất ", " 2", None),
        ("CT", "lô đất ", ", giá", None),
        ("ĐT", "Liên hệ ", ": 0297.3.919.919", "điện thoại"),
        ("ĐT", "trên ", " 742 đi Bình Dương", "đường tỉnh"),
        ("BT", "theo hợp đồng ", " tại", "xây dựng - chuyển giao"),
        ("CN", "khu ", " Hòa Lạc", "công nghiệp"),
        ("HĐ", "ký ", " với", "hợp đồng"),
        ("QĐ-UBND", "", "", "quyết định Ủy ban nhân dân"),
        ("GDP", "", "", None),
        ("XYZ", "", "", None),
        ("", "", "", None),
    ],
)
def test_expand(short: str, before: str, after: str, expected: str | None) -> None:
    assert expand(short, before=before, after=after) == expected
    apart = [unicodedata.normalize("NFD", part) for part in (short, before, after)]
    assert expand(apart[0], before=apart[1], after=apart[2]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phó CT UBND huyện dự họp", "CT=chủ tịch; UBND=Ủy ban nhân dân"),
        ("Thực hiện CT số 05-CT/TW", "CT=chỉ thị"),
        ("CT TNHH Minh Phát trúng thầu", "CT=công ty; TNHH=trách nhiệm hữu hạn"),
        ("lô đất CT 2 chưa bán", ""),
        ("bệnh nhân được chụp CT", ""),
        ("Ông BT Tỉnh ủy phát biểu", "BT=Bí thư"),
        ("hợp đồng BT cầu Rạch Sỏi", "BT=xây dựng - chuyển giao"),
        ("TT Y tế huyện tiêm vắc xin", "TT=trung tâm"),
        ("theo TT số 01/2011/TT-BNV", "TT=thông tư"),
        ("tại TT. Minh Lương, huyện Châu Thành", "TT=thị trấn"),
        ("TT Putin gặp TT Trump", "TT=tổng thống; TT=tổng thống"),
        ("DN nhỏ và vừa được vay vốn", "DN=doanh nghiệp"),
        ("hỗ trợ DN vượt khó", "DN=doanh nghiệp"),
        ("Khu CN Thạnh Lộc", "CN=công nghiệp"),
        ("nghỉ thứ bảy, CN", "CN=chủ nhật"),
        ("Phòng KT thị xã", "KT=kinh tế"),
        ("KT. CHỦ TỊCH", ""),
        ("ký HĐ mua bán", "HĐ=hợp đồng"),
        ("HĐ thẩm định giá đất", "HĐ=hội đồng"),
        ("xuất HĐ GTGT cho khách", "HĐ=hóa đơn; GTGT=giá trị gia tăng"),
        ("ĐT: 0297.3812345", "ĐT=điện thoại"),
        ("trên tuyến ĐT 963", "ĐT=đường tỉnh"),
        ("chủ ĐT xây dựng chậm", "ĐT=đầu tư"),
        ("trường TH Vĩnh Thanh", "TH=tiểu học"),
        ("Đài PT-TH tỉnh đưa tin", "PT-TH=phát thanh - truyền hình"),
        ("Đoàn TN xã ra quân", "TN=thanh niên"),
        ("Sở TN-MT báo cáo", "TN-MT=Tài nguyên và Môi trường"),
        ("thi TN THPT năm 2024", "TN=tốt nghiệp; THPT=trung học phổ thông"),
        ("ông Nam (SN 1970) trú tại TP. Rạch Giá", "SN=sinh năm; TP=thành phố"),
        ("Nguyễn Văn P. Ông khai nhận", ""),
        ("anh Q. Bình bị thương", ""),
        ("tại Q. Bình Thạnh, P. 5", "Q=quận; P=phường"),
        ("P. Giám đốc Sở Y tế", "P=Phó"),
        ("Bộ trưởng Bộ KH&CN", "KH&CN=Khoa học và Công nghệ"),
        ("Sở VH, TT & DL", "VH, TT & DL=Văn hóa, Thể thao và Du lịch"),
        ("BKS 68A-123.45 do ông lái xe", "BKS=biển kiểm soát"),
        ("BCH Quân sự huyện", "BCH=Ban Chỉ huy"),
        ("BCH Đảng bộ tỉnh", "BCH=Ban Chấp hành"),
        ("BTV Huyện ủy họp", "BTV=Ban Thường vụ"),
        ("của BTC về thuế", "BTC=Bộ Tài chính"),
        ("BTC hội thi trao giải", "BTC=Ban Tổ chức"),
        ("công ty CP Địa ốc", "CP=cổ phần"),
        ("Nghị quyết của CP", "CP=Chính phủ"),
        ("thuế TNCN, TNDN", "TNCN=thu nhập cá nhân; TNDN=thu nhập doanh nghiệp"),
        ("QL 80, TL 963", "QL=quốc lộ; TL=tỉnh lộ"),
        ("Tập đoàn CT & D", ""),
        ("Quyết định số 39/QĐ-UBND ngày 5/3", ""),
        ("ĐH Cần Thơ, CĐ Kiên Giang", "ĐH=đại học; CĐ=cao đẳng"),
        ("TM. UBND xã", "TM=Thay mặt; UBND=Ủy ban nhân dân"),
        ("lưu: VT, TH", "VT=văn thư"),
        ("Công an TP Phú Quốc", "TP=thành phố"),
        ("Sở TP tỉnh", "TP=Tư pháp"),
        ("HĐND-UBND huyện", "HĐND-UBND=Hội đồng nhân dân, Ủy ban nhân dân"),
        ("GS.TSKH. Trần Văn Nam", "GS.TSKH=Giáo sư, Tiến sĩ khoa học"),
        ("ThS.BS Lê Hoàng", "ThS.BS=Thạc sĩ, Bác sĩ"),
        ("ThS.BSCKII Lê Hoàng", "ThS.BSCKII=Thạc sĩ, Bác sĩ chuyên khoa II"),
        ("CBCC-VC xã", "CBCC-VC=cán bộ, công chức, viên chức"),
        ("QP-AN, KT-XH", "QP-AN=quốc phòng - an ninh; KT-XH=kinh tế - xã hội"),
        ("BHXH-BHYT", "BHXH-BHYT=bảo hiểm xã hội, bảo hiểm y tế"),
    ],
)
def test_context_decides(text: str, expected: str) -> None:
    found = find_abbreviations(text, {})
    assert "; ".join(f"{text[start:end]}={expansion}" for start, end, expansion, _ in found) == expected


def test_letters_that_are_read_as_letters_still_have_a_meaning() -> None:
    row = lookup("GDP")
    assert row is not None
    assert row.spelled
    assert row.expansion == "tổng sản phẩm trong nước"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ủy ban nhân dân (UBND) tỉnh.", {"UBND": "Ủy ban nhân dân"}),
        (
            "theo Bộ Nông nghiệp và Phát triển nông thôn (NN&PTNT)",
            {"NN&PTNT": "Nông nghiệp và Phát triển nông thôn"},
        ),
        ("UBND (Ủy ban nhân dân) xã", {"UBND": "Ủy ban nhân dân"}),
        ("ỦY BAN NHÂN DÂN (UBND)", {"UBND": "Ủy ban nhân dân"}),
        (
            "Ủy ban nhân dân tỉnh (sau đây gọi tắt là UBND tỉnh) giao",
            {"UBND": "Ủy ban nhân dân"},
        ),
        ("Ban Quản lý dự án, viết tắt là BQLDA, có trách nhiệm", {"BQLDA": "Ban Quản lý dự án"}),
        (
            "Bộ Tài nguyên và Môi trường (sau đây viết tắt là Bộ TN&MT)",
            {"TN&MT": "Tài nguyên và Môi trường"},
        ),
        ("nhiều doanh nghiệp (DN) chưa biết", {"DN": "doanh nghiệp"}),
        ("Tập đoàn Viễn thông (VNPT) mời", {}),
        ("ông Nam (SN 1985) và (xem trang 2)", {}),
        ("Đề án đã hoàn thành (ĐÃ)", {}),
        ("chi phí (CP) và Chính phủ (CP)", {"CP": "chi phí"}),
    ],
)
def test_learn(text: str, expected: dict[str, str]) -> None:
    assert learn(text) == expected
    assert learn(unicodedata.normalize("NFD", text)) == expected


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100)
def test_any_text_is_taken(short: str, before: str, after: str) -> None:
    expand(short, before=before, after=after)
    learn(before + short + after)


@pytest.mark.parametrize("piece", ["(", "()", "(UBND)", "gọi tắt là ", "U.", "A-", "(A " * 3])
def test_hostile_text_is_linear(piece: str) -> None:
    learn(piece * (200_000 // len(piece)))
    expand(piece * (20_000 // len(piece)))
