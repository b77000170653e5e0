from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readable_portal.summary.facts import KINDS, find_facts


def facts(*sentences: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in find_facts(sentences)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ngày 12/3, UBND tỉnh Hòa An ban hành kế hoạch trồng cây.", ("who", "UBND tỉnh Hòa An")),
        (
            "Chiều 6-12, tại trụ sở UBND tỉnh, Thanh tra Chính phủ công bố kết quả kiểm tra.",
            ("where", "trụ sở UBND tỉnh"),
        ),
        (
            "Phó Chủ tịch UBND tỉnh Trần Văn Minh vừa ký văn bản gửi các sở.",
            ("who", "Phó Chủ tịch UBND tỉnh Trần Văn Minh"),
        ),
        ("Mức phí do HĐND tỉnh ban hành.", ("who", "HĐND tỉnh")),
        ("(TTĐT) - UBND huyện Bình An vừa ban hành hướng dẫn.", ("who", "UBND huyện Bình An")),
        ("Nộp đơn đề nghị tại bộ phận Một cửa của xã trước ngày 5/4.", ("where", "bộ phận Một cửa của xã")),
        ("Không thu lệ phí.", ("fee", "Không thu lệ phí")),
        ("Lệ phí cấp lại: không thu.", ("fee", "Lệ phí cấp lại: không thu")),
        ("Mức phí này được HĐND tỉnh thông qua sáng nay.", ("who", "HĐND tỉnh")),
        ("Ngày 4/5, Sở Y tế cho biết vừa ban hành hướng dẫn mới.", ("who", "Sở Y tế")),
        ("Theo quyết định của UBND tỉnh Hòa An, chợ dời về chỗ mới.", ("who", "UBND tỉnh Hòa An")),
        ("Chiều 4/5, tại trụ sở UBND xã, Sở Y tế công bố kết quả.", ("who", "Sở Y tế")),
        ("Cục Đường bộ Việt Nam hôm nay yêu cầu sửa cầu.", ("who", "Cục Đường bộ Việt Nam")),
        ("Thường trực HĐND huyện đã thông qua danh sách.", ("who", "Thường trực HĐND huyện")),
        ("Việc này theo nghị định 15/2015 trong 30 ngày.", ("document", "nghị định 15/2015")),
        ("Trái Nghị định 63/2016/NÐ-CP về kiểm định.", ("document", "Nghị định 63/2016/NÐ-CP")),
        ("Căn cứ Quy định số 12 - QĐ / TU của tỉnh.", ("document", "Quy định số 12 - QĐ / TU")),
        ("Trong hai ngày 12 và 13-9, huyện thu hồ sơ.", ("when", "hai ngày 12 và 13-9")),
        ("Sáng nay (18-6), xã mở phiên tiếp dân.", ("when", "Sáng nay (18-6)")),
        ("Dự kiến lễ hội diễn ra vào ngày 7-8 tại xã.", ("when", "ngày 7-8")),
        (
            "Xã tạm dừng thu phí chợ kể từ ngày 3-12-2018 đến khi có thông báo.",
            ("when", "kể từ ngày 3-12-2018"),
        ),
        (
            "Theo Nghị định số 39/2018/NĐ-CP, hộ kinh doanh được vay.",
            ("document", "Nghị định số 39/2018/NĐ-CP"),
        ),
        ("Việc này làm theo Chỉ thị 11 của Chủ tịch.", ("document", "Chỉ thị 11")),
        (
            "Căn cứ Quyết định số 412/QĐ-UBND ngày 5/2/2024 của tỉnh.",
            ("document", "Quyết định số 412/QĐ-UBND ngày 5/2/2024"),
        ),
        ("Sáng 15/9, HĐND xã họp phiên thứ ba.", ("when", "Sáng 15/9")),
        ("Sáng nay 15/9, xã mở lớp học bơi.", ("when", "Sáng nay 15/9")),
        ("Hội chợ diễn ra từ ngày 3 đến 7/9 ở chợ mới.", ("when", "từ ngày 3 đến 7/9")),
        ("Đoàn đi dự hội nghị từ ngày 13-15/11 tại Đà Lạt.", ("when", "từ ngày 13-15/11")),
        ("Ông Nam cho biết từ ngày 5-12 nhiều đường sẽ cấm xe tải.", ("when", "từ ngày 5-12")),
        (
            "Thời gian lấy ý kiến từ ngày 3-7 đến hết ngày 11-7-2024.",
            ("when", "từ ngày 3-7 đến hết ngày 11-7-2024"),
        ),
        ("Lễ hội được tổ chức ngày 7/9/2024, tại khu vực Quảng trường Ba Lá.", ("when", "ngày 7/9/2024")),
        (
            "Lễ hội được tổ chức ngày 7/9/2024, tại khu vực Quảng trường Ba Lá.",
            ("where", "khu vực Quảng trường Ba Lá"),
        ),
        ("Ngày 4/5, bộ Tài chính đã điều chỉnh mức thu.", ("who", "bộ Tài chính")),
        ("Ngày 4/5, Sở Y tế Hòa An, Sở này vừa ban hành quy chế.", ("who", "Sở Y tế Hòa An")),
        ("Cơ quan Cảnh sát điều tra huyện đã khởi tố vụ án.", ("who", "Cơ quan Cảnh sát điều tra huyện")),
        ("Sở Văn hóa Hòa An lần đầu tiên phát động cuộc thi.", ("who", "Sở Văn hóa Hòa An")),
        ("Sáng 30/7, HĐND tỉnh Hòa An họp phiên bất thường bầu chủ tịch.", ("who", "HĐND tỉnh Hòa An")),
        ("Cục Hàng không Việt Nam đã có văn bản nhắc các sân bay.", ("who", "Cục Hàng không Việt Nam")),
        ("Tòa án huyện Bình An đã ra phán quyết trong vụ này.", ("who", "Tòa án huyện Bình An")),
        ("Ông Nam sẽ đảm nhiệm việc mới từ ngày 1-12.", ("when", "từ ngày 1-12")),
        ("Cần hỏi thì gọi tổng đài (24/7): 1900 5454 41.", ("phone", "1900 5454 41")),
        (
            "Xã nhận bài dự thi, địa điểm tại số 47 Hàng Dầu, xã Bình An.",
            ("where", "số 47 Hàng Dầu, xã Bình An"),
        ),
        (
            "Cá nhân nào biết tin thì khẩn trương thông báo cho Công an huyện Bình An.",
            ("action", "thông báo cho Công an huyện Bình An"),
        ),
        ("Từ mai xã cấm xe tải theo quyết định của UBND huyện vừa ban hành.", ("who", "UBND huyện")),
        ("Sáng 4/5, ông Lê Văn Nam - phó chủ tịch huyện - cho biết vừa ký quyết định.", ("when", "Sáng 4/5")),
        (
            "Sáng 4/5, ông Lê Văn Nam - phó chủ tịch huyện - cho biết vừa ký quyết định.",
            ("who", "ông Lê Văn Nam - phó chủ tịch huyện"),
        ),
        # Who hands a decision over has not made it.
        ("Ông Nam đã trao quyết định của Bộ Chính trị.", ("who", "Bộ Chính trị")),
        ("Nguồn tin từ tỉnh cho biết Bộ Nội vụ vừa có kết luận.", ("who", "Bộ Nội vụ")),
        ("Đây là việc nêu trong kết luận của Thanh tra huyện, công bố hôm qua.", ("who", "Thanh tra huyện")),
        ("Tại cuộc họp về sân bay Tân Sơn Nhất sáng 10/11, nhiều người góp ý.", ("when", "sáng 10/11")),
        ("Từ ngày 29 đến 31/5/2024, tại Hà Nội, ủy ban họp.", ("when", "Từ ngày 29 đến 31/5/2024")),
        ("Công ty phải hoàn thành nhà máy trước tháng 3 năm nay.", ("deadline", "trước tháng 3 năm nay")),
        ("Lễ hội diễn ra tại khu du lịch Hồ Xanh.", ("where", "khu du lịch Hồ Xanh")),
        ("Việc này làm trái Quy định 47 về nêu gương.", ("document", "Quy định 47")),
        ("Theo nghị quyết 54 thành phố được tự chi.", ("document", "nghị quyết 54")),
        ("Mức phí qua trạm từ 35.000 đến 180.000 đồng.", ("fee", "35.000 đến 180.000 đồng")),
        ("Mức phí không quá 60.000 đồng một lần.", ("fee", "60.000 đồng")),
        (
            "Người dân gửi hồ sơ về Sở Tư pháp tại địa chỉ: 12 Lê Lợi, phường 2, điện thoại 0254 3852 111.",
            ("where", "12 Lê Lợi, phường 2"),
        ),
        (
            "Ai biết tin, báo ngay cho Công an xã, điện thoại 0254.3852.111.",
            ("action", "báo ngay cho Công an xã, điện thoại 0254.3852.111"),
        ),
        (
            "Người dân có thể gửi ý kiến tại địa chỉ https://hoaan.gov.vn.",
            ("action", "Người dân có thể gửi ý kiến tại địa chỉ https://hoaan.gov.vn"),
        ),
        ("Người dân nộp tờ khai trước ngày 30/6/2024.", ("deadline", "trước ngày 30/6/2024")),
        (
            "Các xã phải báo cáo chậm nhất 15 ngày sau khi nhận văn bản.",
            ("deadline", "chậm nhất 15 ngày sau khi nhận văn bản"),
        ),
        ("Người dân nộp hồ sơ tại bộ phận một cửa của xã.", ("where", "bộ phận một cửa của xã")),
        ("Lệ phí cấp thẻ là 30.000 đồng/thẻ.", ("fee", "30.000 đồng/thẻ")),
        ("Ai cần hỏi thì gọi điện thoại 0254 3852 111.", ("phone", "0254 3852 111")),
        ("Gọi đường dây nóng 1022 để phản ánh.", ("phone", "1022")),
        ("Gửi về địa chỉ motcua@hoaan.gov.vn trong giờ hành chính.", ("email", "motcua@hoaan.gov.vn")),
        ("Nộp hồ sơ trên dichvucong.gov.vn hoặc tại xã.", ("site", "dichvucong.gov.vn")),
        ("Xem tại https://hoaan.gov.vn/tin/1.", ("site", "https://hoaan.gov.vn/tin/1")),
        (
            "Đối tượng hỗ trợ là hộ nghèo và hộ cận nghèo.",
            ("audience", "hộ nghèo và hộ cận nghèo"),
        ),
        (
            "Từ hôm nay, người dân cần mang theo căn cước khi làm thủ tục.",
            ("action", "người dân cần mang theo căn cước khi làm thủ tục"),
        ),
        # Notices, as offices write them.
        (
            "Thời gian tiếp nhận hồ sơ: từ 7h30 ngày 2/5 đến 16h30 ngày 20/5.",
            ("when", "từ 7h30 ngày 2/5 đến 16h30 ngày 20/5"),
        ),
        ("Thời gian: 8 giờ 00 ngày 12/5/2024 (Chủ nhật).", ("when", "8 giờ 00 ngày 12/5/2024")),
        ("Ấp 3 mất điện từ 8h đến 16h ngày 4/5.", ("when", "từ 8h đến 16h ngày 4/5")),
        ("Xã tiếp công dân vào ngày 15 hằng tháng.", ("when", "ngày 15 hằng tháng")),
        ("Phòng nhận đơn vào thứ ba, thứ năm hàng tuần.", ("when", "thứ ba, thứ năm hàng tuần")),
        ("Triển lãm kéo dài đến hết ngày 9-8.", ("when", "đến hết ngày 9-8")),
        ("Quyết định này có hiệu lực kể từ ngày 1/7/2024.", ("when", "kể từ ngày 1/7/2024")),
        ("Giá mới có hiệu lực tính từ 15h ngày 3/12/2024.", ("when", "từ 15h ngày 3/12/2024")),
        ("Nhà máy tạm ngừng hoạt động từ ngày 10/12 để sửa chữa.", ("when", "từ ngày 10/12")),
        ("Cầu Ba Lá đóng cửa một phần từ 0h ngày 22/12.", ("when", "từ 0h ngày 22/12")),
        (
            "Ông Nam bị cấm hành nghề có thời hạn 2 năm, kể từ ngày 9/3/2024.",
            ("when", "kể từ ngày 9/3/2024"),
        ),
        ("Ban tổ chức sẽ công bố kết quả vào ngày 7/4.", ("when", "ngày 7/4")),
        ("Kết luận được công bố vào chiều 14/3.", ("when", "chiều 14/3")),
        ("Hạn cuối nhận hồ sơ: 17 giờ 00 ngày 30/6/2024.", ("deadline", "17 giờ 00 ngày 30/6/2024")),
        ("Thời hạn nộp hồ sơ: trước 17h00 ngày 12/9.", ("deadline", "17h00 ngày 12/9")),
        ("Việc đăng ký kết thúc lúc 17 giờ ngày 9/5.", ("deadline", "lúc 17 giờ ngày 9/5")),
        ("Đơn gửi về xã không muộn hơn ngày 8/3.", ("deadline", "ngày 8/3")),
        ("Đề nghị, chậm nhất 26/4, các xã gửi bảng kê.", ("deadline", "chậm nhất 26/4")),
        ("Chậm nhất trong 30 ngày phải có kết quả.", ("deadline", "Chậm nhất trong 30 ngày")),
        ("Các hộ phải tháo mái che trong vòng 10 ngày.", ("deadline", "trong vòng 10 ngày")),
        ("Báo cáo kết quả trước ngày 20 hằng tháng.", ("deadline", "trước ngày 20 hằng tháng")),
        ("Thời gian giải quyết: 05 ngày làm việc.", ("deadline", "05 ngày làm việc")),
        (
            "Thời hạn lĩnh thưởng là 60 ngày kể từ ngày mở thưởng.",
            ("deadline", "60 ngày kể từ ngày mở thưởng"),
        ),
        ("Hạn cuối cùng để làm việc này là hết tháng 6-2024.", ("deadline", "hết tháng 6-2024")),
        ("Lệ phí cấp lại 30.000 đồng.", ("fee", "30.000 đồng")),
        ("Mức thu: 20.000 đồng/hộ/tháng.", ("fee", "20.000 đồng/hộ/tháng")),
        ("Trẻ em được miễn học phí.", ("fee", "được miễn học phí")),
        ("Điện thoại liên hệ: (0297) 3 863 545.", ("phone", "(0297) 3 863 545")),
        ("Liên hệ bà Lan (0909123456) để được hướng dẫn.", ("phone", "0909123456")),
        ("Tra cứu tại trang web hoaan.vn.", ("site", "hoaan.vn")),
        ("Người dân đến Trạm Y tế xã để tiêm.", ("where", "Trạm Y tế xã")),
        ("Hội nghị được tổ chức tại Hội trường huyện.", ("where", "Hội trường huyện")),
        ("Hội chợ diễn ra tại TP. Ba Lá ngày 3-9.", ("where", "TP. Ba Lá")),
        ("Đối tượng: hộ nghèo, hộ cận nghèo.", ("audience", "hộ nghèo, hộ cận nghèo")),
        (
            "Chính sách này áp dụng đối với học sinh hộ nghèo.",
            ("audience", "học sinh hộ nghèo"),
        ),
        (
            "Các đối tượng được miễn phí thẻ gồm trẻ em và người già.",
            ("audience", "trẻ em và người già"),
        ),
        (
            "Đề nghị người dân khai báo tạm trú qua mạng.",
            ("action", "người dân khai báo tạm trú qua mạng"),
        ),
        ("Căn cứ Luật Đất đai số 31/2024/QH15 của Quốc hội.", ("document", "Luật Đất đai số 31/2024/QH15")),
        (
            "Theo giấy chứng nhận đầu tư số 398, nhà máy đã xong.",
            ("document", "giấy chứng nhận đầu tư số 398"),
        ),
        ("Sở GD-ĐT đã yêu cầu các trường báo cáo.", ("who", "Sở GD-ĐT")),
        (
            "Ủy ban kiểm tra Huyện ủy Bình An đã tiến hành kiểm điểm hai người.",
            ("who", "Ủy ban kiểm tra Huyện ủy Bình An"),
        ),
        (
            "Tại cuộc họp về đường mới chiều 2/6, ông Lê Văn Nam cho biết, Thủ tướng đã phê duyệt bản vẽ.",
            ("who", "Thủ tướng"),
        ),
        ("Theo quy định của Bộ GD-ĐT, các trường công bố điểm trước ngày 22-7.", ("who", "Bộ GD-ĐT")),
        ("Quyết định do Phó Chủ tịch tỉnh Lê Văn Nam ký sáng nay.", ("who", "Phó Chủ tịch tỉnh Lê Văn Nam")),
        ("Trung tâm Y tế huyện thông báo lịch khám.", ("who", "Trung tâm Y tế huyện")),
    ],
)
def test_a_fact_is_the_slice_that_says_so(sentence: str, expected: tuple[str, str]) -> None:
    assert expected in facts(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Tỉnh thu hồi quyết định 180 dự án chậm tiến độ.", "document"),
        ("Kinh phí làm cầu là 200 tỷ đồng.", "fee"),
        ("Chi phí xây dựng ở mức 12 triệu đồng.", "fee"),
        ("Ông Nam sinh ngày 3/4/1970 tại xã Bình An.", "when"),
        ("Trước đó, ngày 3/4, đoàn đã làm việc với xã.", "when"),
        ("Trước ngày 1/7/2014, đất này là của hợp tác xã.", "deadline"),
        ("Ông bị sốt không quá 3 ngày.", "deadline"),
        ("Công an bắt các đối tượng là người nơi khác đến.", "audience"),
        ("Phó Bí thư, Tổng thư ký Hội Luật gia phát biểu.", "who"),
        ("Sở GD-ĐT cho biết năm 2017 có 100 bể bơi.", "phone"),
        ("Người dân không phải nộp thêm giấy tờ.", "action"),
        ("Tham gia đoàn có Bộ trưởng Ngoại giao Lê Văn Minh.", "who"),
        ("Sáng nay, Cục Cảnh sát giao thông cho biết đường đã thông.", "who"),
        ("Hai lô đất được Chính phủ phê duyệt từ năm 2013 nay bỏ trống.", "who"),
        ("“Năm đó, UBND huyện quyết định mở đường”, ông Nam kể.", "who"),
        ("Hội đồng kỷ luật của xã họp hôm qua.", "who"),
        ("Lễ hội dự kiến sẽ không diễn ra vào ngày 7-8.", "when"),
        ("Phí kiểm định xe là 1,3 triệu đồng; máy bơm 400.000 đồng.", "fee"),
        ("Trước tháng 7/2014, đất này là của hợp tác xã.", "deadline"),
        ("Đơn vị thu phí sẽ bị phạt tiền từ 50 đến 70 triệu đồng.", "fee"),
        ("Mức phí có thể là 10.000 đồng.", "fee"),
        ("Nhà đất tại địa chỉ số 7 đường Lê Lợi được bán.", "where"),
        ("Các thông báo về thuế có chung địa chỉ trên đường Lê Lợi.", "action"),
        ("Hai nghị quyết 10 năm trước còn giá trị.", "document"),
        ("Ban hành nghị định số 20/2 001 về lương.", "document"),
        ("Dịch vụ chuyển mạng cho thuê bao di động chiều 13-11, theo Bộ.", "phone"),
        ("Chúng tôi gọi theo số máy 0913209xxx nhưng không ai nghe.", "phone"),
        ("Ảnh được xóa trong vòng 30 ngày.", "deadline"),
        ("Nếu thiếu tiền thì đến hết tháng 8-2024 sẽ phải dừng xây.", "deadline"),
        ("Người dân từ nay không phải đến trụ sở UBND xã để nộp hồ sơ.", "where"),
        ("Gia đình đưa chị đến bệnh viện huyện để khám.", "where"),
        ("Nên thay quy định miễn học phí bằng cho vay.", "fee"),
        ("Đối tượng được cho là phạm tội gồm ba người.", "audience"),
        ("Sở đề nghị kiểm tra ngôi nhà tại địa chỉ 12 Lê Lợi do ông Nam xây.", "where"),
        ("Sở nhận được quyết định ngày 6/7/2016 của Bộ.", "when"),
    ],
)
def test_a_fact_is_left_out_rather_than_guessed(sentence: str, kind: str) -> None:
    assert kind not in [found for found, _ in facts(sentence)]


def test_the_same_document_is_named_once_and_kinds_are_in_their_order() -> None:
    found = facts(
        "Ngày 2/5, UBND xã ban hành Thông báo số 12/TB-UBND.",
        "Thông báo số 12/TB-UBND có hiệu lực ngay.",
    )
    assert [kind for kind, _ in found] == ["who", "document", "when"]
    assert [KINDS.index(kind) for kind, _ in found] == sorted(KINDS.index(kind) for kind, _ in found)


def test_a_short_name_of_a_document_is_the_same_document() -> None:
    found = facts("Bộ ban hành Nghị định 68/2026/NĐ-CP.", "Nghị định 68 có hiệu lực từ ngày 5-3.")
    assert [value for kind, value in found if kind == "document"] == ["Nghị định 68/2026/NĐ-CP"]
    two = facts("Theo Nghị định 68, việc này đúng.", "Theo Thông tư 68, việc này sai.")
    assert [value for kind, value in two if kind == "document"] == ["Nghị định 68", "Thông tư 68"]


def test_a_day_written_twice_is_one_day() -> None:
    told = facts("Quy định có hiệu lực từ ngày 1/3/2026.", "Mức mới áp dụng từ ngày 01/3/2026.")
    assert [value for kind, value in told if kind == "when"] == ["từ ngày 1/3/2026"]


def test_where_the_first_sentence_has_no_day_the_next_may() -> None:
    first = "Thí sinh có hình xăm lớn không được vào trường này, theo quy định mới của ban tuyển sinh."
    told = facts(first, "Ông Nam cho biết như vậy tại buổi gặp báo chí chiều 16-3.")
    assert ("when", "chiều 16-3") in told
    assert "when" not in dict(facts(first, "Đến sáng 13-3, chị Lan vẫn chưa hết sợ."))


PIECES = [
    "trước ngày 3/4",
    "phí là",
    "20.000 đồng",
    "UBND xã",
    "ban hành",
    "số 12/QĐ-UBND",
    "Quyết định",
    "(",
    ".",
]


def test_who_decided_long_ago_is_not_who_decides_now() -> None:
    told = facts("Dự án chậm bảy năm.", "Đến năm 2008, Sở Xây dựng đã phê duyệt bản vẽ.")
    assert "who" not in dict(told)


@settings(max_examples=80)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), max_size=4))
def test_every_slice_is_in_its_sentence(sentences: list[str]) -> None:
    for fact in find_facts(sentences):
        assert fact.kind in KINDS
        assert fact.value
        assert sentences[fact.sentence][fact.start : fact.end] == fact.value


def test_a_body_may_stand_before_the_day_in_the_second_sentence() -> None:
    first = "Chợ mới của huyện Hòa An đã xong sau ba năm và mở cửa cho người dân vào mua bán."
    assert ("when", "ngày 4/5") in facts(first, "UBND huyện Hòa An ngày 4/5 đã họp với các hộ.")
    assert "when" not in dict(facts(first, "Nhiều hộ dọn vào từ sáng, có người đến ngày 4/5 mới xong."))


def test_from_when_something_was_long_ago_is_no_time_of_the_matter() -> None:
    told = facts(
        "Sáng 30/7, tỉnh bầu chủ tịch.", "Hai.", "Ba.", "Bốn.", "Từ ngày 28/4, ông Nam giữ chức bí thư."
    )
    assert told == [("when", "Sáng 30/7")]


def test_a_caption_before_the_first_sentence_is_passed_over() -> None:
    told = facts(
        "Chủ tịch huyện tại buổi lễ.", "Các xã tối 27/4 dự lễ mở cửa bảo tàng của huyện cùng nhiều khách."
    )
    assert ("when", "tối 27/4") in told


def test_from_when_something_holds_is_a_time() -> None:
    assert ("when", "từ ngày 1/7/2024") in facts("Quy định này có hiệu lực từ ngày 1/7/2024.")
    assert ("when", "Từ ngày 1/5") in facts("Từ ngày 1/5, xã thu phí rác.")


@pytest.mark.parametrize(
    "piece",
    [
        "trước ngày 1/2 ",
        "a",
        "a.",
        "a@b-",
        "lệ phí là ",
        "UBND Sở Bộ ",
        "người dân cần nộp ",
        "ai biết thì báo cho ",
        "từ ngày 1/2 sẽ ",
    ],
)
@pytest.mark.usefixtures("ends")
def test_no_text_takes_for_ever(piece: str) -> None:
    """Steps that grow with the square of the text would not end."""
    text = piece * (60_000 // len(piece))
    assert all(text[fact.start : fact.end] == fact.value for fact in find_facts([text]))


def test_every_kind_has_a_label_in_the_interface() -> None:
    from readable_portal.web.labels import FACT_LABELS

    assert tuple(FACT_LABELS) == KINDS
