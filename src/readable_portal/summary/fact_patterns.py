"""What the words around a key fact look like, in regular expressions.

Every pattern wants the words that make it one ("lệ phí là 30.000 đồng", not "30.000 đồng"), and the slices
that are values have names. None has two unbounded repetitions side by side: no text makes them slow.
"""

from __future__ import annotations

import re

from readable_portal.summary.fact_days import DATE, DAY
from readable_portal.summary.simplify import PUBLISHER, UPPER

# Characters; about a clause and a half. What stands further away has nothing to do with it.
CLAUSE = 120

TYPED = (
    r"(?i:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|Công văn|Kết luận(?: thanh tra)?|Văn bản"
    r"|Thông báo|Kế hoạch|Nghị quyết|Công điện|Tờ trình|Hướng dẫn|Báo cáo|Luật|Giấy phép|Giấy chứng nhận"
    r"|Bản án|Biên bản|Pháp lệnh|Quy định)"
)
SIGN = (
    r"\d+(?:\s?/\s?\d{4})?(?!\d|\s?/\s?\d)"
    rf"(?:\s?[-–/]?\s?[{UPPER}]{{2,}}[{UPPER}\d]*(?:\s?[-–/&.]\s?[{UPPER}]\w*(?:\.\w+)*)*)?"
)
DATED = rf"(?:\s(?:ra\s|ký\s)?(?:ngày\s(?:{DAY})(?:\s?-\s?\d{{4}})?|năm\s\d{{4}}))?"
DOCUMENT = re.compile(
    rf"\b{TYPED}\s(?:[^\W\d{UPPER}]+\s){{0,4}}?số\s(?P<sign>{SIGN})(?:-\d+)?{DATED}"
    # A law has its name before its number.
    rf"|\bLuật\s(?:[^\W\d]+,?\s){{1,9}}?số\s(?P<law>\d+/\d{{4}}/QH\d+){DATED}"
    # Without "số" only with a year or letters ("Quyết định 32/2015") or where nothing is counted: "Chỉ thị 11
    # về", not "quyết định 180 dự án".
    rf"|\b{TYPED}\s(?P<full>(?=\d+\s?/\s?\d{{4}}|\d+\s?/\s?[{UPPER}]{{2}}){SIGN}){DATED}"
    # These count nothing, whatever follows: "nghị quyết 54 cho phép".
    rf"|\b(?i:Nghị định|Thông tư|Nghị quyết)\s(?P<plain>{SIGN}){DATED}"
    r"(?!\s?%|\s(?:năm|tháng|điều|khoản|điểm|chương|trang|nội dung|người|bộ|tỷ|triệu)\b)"
    r"|\b(?i:Chỉ thị|Văn bản|Công văn|Quyết định|Quy định)\s"
    rf"(?P<bare>{SIGN}){DATED}"
    r"(?=\s*[,.;:)(\"”]|\s*$|\s(?:của|về|do|và|được|cũng|có|là|gây|giữ|này|quy định|nêu|từ|ban hành|ra)\b"
    r"|\s(?:Bộ|Sở)\b)"
)

# Who can decide: a body or an office, at the beginning of the sentence or after when and where.
BODY = (
    # Some papers write the kind of a body with a small letter: "bộ Tài chính".
    rf"(?:(?:bộ|sở|cục|ban|phòng|hội đồng|[uủ][ỷy] ban)(?=\s[{UPPER}])"
    r"|HĐQT|UBKT|[Cc]ơ quan (?:CSĐT|(?:[Cc]ảnh sát|[Aa]n ninh) [Đđ]iều tra)"
    r"|(?:Thường trực\s)?(?:UBND|HĐND)|TAND|VKSND|Uỷ ban|Ủy ban|Hội đồng|Sở|Bộ|Chính phủ|Quốc hội|Ban"
    r"|Thành [uủ][ỷy]|Tỉnh [uủ][ỷy]"
    r"|Huyện [uủ][ỷy]|Thanh tra|Tổng cục|Cục|Chi cục|Văn phòng|Công an|T[oò][aà]"
    r"|Viện kiểm sát|Ngân hàng Nhà nước"
    r"|Bảo hiểm xã hội|Kho bạc|Phòng)"
)
OFFICE = (
    r"(?:(?:[Qq]uyền\s)?(?:[Pp]hó\s)?(?:[Cc]hủ tịch|[Tt]hủ tướng|[Bb]í thư|[Gg]iám đốc|[Cc]hánh"
    r"|[Tt]rưởng|[Tt]ổng (?:bí thư|giám đốc|thống|cục trưởng|thanh tra))"
    r"|Bộ trưởng|Thứ trưởng)"
)
# "Bộ Ngoại giao", "Cục Cảnh sát giao thông" give nobody a task.
GIVES = r"(?<![Nn]goại )giao(?=\s(?:cho|các|nhiệm|đất|[A-ZĐ]))"
DECIDES = (
    r"(?:ban hành|quyết định|(?<![Tt]hư )ký(?! túc)|phê duyệt|thông qua|trao(?: các)? quyết định(?! của)"
    r"|yêu cầu"
    rf"|(?<![Bb]an )chỉ đạo|{GIVES}|công bố|bãi bỏ|thu hồi|cho phép|cấm|cấp phép|có chỉ đạo"
    r"|có (?:công văn|văn bản|thông báo|quyết định|chỉ thị|công điện|kết luận)|chấp thuận|thống nhất"
    r"|thông báo|bổ nhiệm|miễn nhiệm|bầu(?! cử)|huỷ|hủy|phát động|xử phạt|đình chỉ|cách chức|rút giấy phép"
    r"|(?<!Hội đồng )(?<!hội đồng )kỷ luật|điều chỉnh|kết luận|khởi tố|tống đạt|phê chuẩn|tuyên (?:phạt|án)"
    r"|(?:ra|phát đi|gửi) (?:quyết định|phán quyết|thông báo|văn bản|công văn|nghị quyết|chỉ thị)|bỏ phiếu"
    r"|thông tin về kết (?:luận|quả)|kiểm điểm|thành lập (?:đoàn|tổ|hội đồng|ban)|đồng ý(?! với))"
)
TENSE = (
    rf"(?:(?:(?:hôm|sáng|trưa|chiều|tối) (?:nay|qua)|mới đây|ngày (?:{DAY})),?\s)?"
    r"(?:(?:vừa|đã|sẽ|mới|tiếp tục|cũng|chính thức)\s){0,2}(?:lần đầu(?: tiên)?\s)?"
    r"(?:họp (?:kỳ|phiên) (?:họp )?(?:thứ \w+ |bất thường )?|tiến hành\s)?"
)
# "Sở cho biết vừa ban hành": who says it of itself has done it.
SAYS = (
    r"(?:(?:[-–]\s)?(?:cho (?:biết|hay)|xác nhận),?\s"
    r"(?:(?:cơ quan|đơn vị|[Ss]ở|[Bb]ộ|[Cc]ục|[Tt]ổng cục|[Bb]an|[Tt]rường|[Tt]òa|[Vv]iện)"
    r"(?: này| mình)?,?\s)?(?=vừa|đã)"
    r"|(?:cơ quan|đơn vị|[Ss]ở|[Bb]ộ) này,?\s(?=vừa|đã))?"
)
# What a name of a body or an office goes on with: any word that is not a verb or a particle of a clause.
NOUNS = (
    r"(?:,?\s(?!(?:(?:cơ quan|đơn vị|Sở|Bộ) này|vừa|đã|sẽ|mới|đang|cho|là|có|được|bị|nói|biết|hay|rằng"
    r"|để|khi|vì|nên|phải|(?<![Hh]àng )không|chưa"
    r"|với|về|trong|tại|từ|đến|theo|nhưng|thì|mà|nếu|ngày|năm|tháng|hôm|hồi|lần|tiếp tục|cũng|chính thức"
    rf"|ban hành|quyết định|ký|phê|thông qua|trao|yêu cầu|{GIVES}|công bố|bãi|thu hồi|cấm|cấp phép"
    r"|chấp thuận|bổ nhiệm|phát động|họp|tổ chức|xác nhận|thông tin,|trả lời|thừa nhận|đánh giá"
    r"|xuống|lên|ra|vào|đi|thăm|dự|chủ trì|ngồi|đứng|muốn|mong|nhắc|gửi|nhận|đưa|làm"
    r"|nhấn mạnh|khẳng định|nêu|phát biểu|cùng|phụ trách|chịu|việc)\b)"
    r"(?:[^\W\d_][\w.]*(?:[-–&][^\W\d_]\w*)*|\d{1,2}\b|[-–&]|\([^)]{2,40}\)))"
)
PERSON = rf"(?:Ông|Bà|ông|bà)(?:\s[{UPPER}]\w*){{2,5}}(?:,|\s[-–])\s{OFFICE}{NOUNS}{{0,16}}?(?:,|\s[-–])?"
# Who gives notice of something without deciding for others.
GIVES_NOTICE = (
    r"(?:Trung tâm|Trường|Học viện|Bệnh viện|Trạm|Điện lực|Bảo hiểm xã hội"
    r"|Công ty (?:Điện lực|Cấp(?: thoát)? nước))"
)
WHO = re.compile(
    rf"(?P<who>{PERSON}|{OFFICE}{NOUNS}{{0,18}}?"
    rf"|{BODY}{NOUNS}{{0,14}}?),?\s{SAYS}{TENSE}{DECIDES}(?!\s(?:bởi|theo))\b"
    rf"|(?P<notice>{GIVES_NOTICE}{NOUNS}{{0,12}}?),?\s{TENSE}(?:thông báo|hướng dẫn)\b"
)
BEFORE_WHO = re.compile(
    rf"^(?:{PUBLISHER})?(?:(?:Theo đó|Cụ thể|Mới đây|Vừa qua|Hôm nay|Sáng nay|Chiều nay),?\s"
    rf"|{DATE},?\s|(?:[^,]{{3,80}},\s){{1,2}}"
    r"|[^\"“”]{3,240}\s(?:cho (?:biết|hay)|xác nhận),?\s)?(?:(?:(?:[Tt]heo )?(?:thông )?|[Tt]hông )tin từ\s"
    r"|[Kk]ỳ họp (?:thứ \d+ |bất thường )?|(?:các )?đại biểu )?$"
)
# The passive: "do HĐND TP ban hành".
BY = re.compile(
    rf"(?:được|do)\s(?P<who>{BODY}{NOUNS}{{0,10}})\s{TENSE}(?:ban hành|phê duyệt|thông qua|cấp phép)\b"
    rf"|(?:được|do)\s(?P<signer>{OFFICE}{NOUNS}{{0,14}}?),?(?:\s[-–])?\s{TENSE}(?:ký|ban hành|phê duyệt)\b"
)
# Told of the past: "được UBND phê duyệt từ năm 2013".
LONG_AGO = re.compile(
    r"\b(?:[Tt]rước (?:kia|đây|đó)|(?:năm|tháng \d{1,2}[-/.])\s?\d{4}|(?:khi|lúc) đó|cũng được|từng"
    r"|năm (?:ngoái|gần đây|qua)|[Tt]hời gian (?:qua|gần đây))\b"
)

PLACE_END = (
    # "và" may be part of a name: "Trung tâm Văn hóa và Thể thao".
    r"(?=[,.;:)]|\s?\(|\s(?:để|do|vào|từ|trong|lúc|nhằm|diễn ra|đã"
    r"|và (?:được|có|sẽ|đã|trực tuyến|một số|các|nhiều)|với|theo|về|khi|bằng|hoặc"
    r"|được|sẽ|có|là|cho|(?:trước|sau|đến hết) (?:ngày|\d)|chậm nhất)\b|$)"
)
SITE_OF = (
    r"(?:[Tt]rụ sở|[Nn]hà văn h[oó][aá]|[Tt]rung tâm|[Ss]ố\s\d+|[Bb]ộ phận (?:[Mm]ột cửa|[Tt]iếp nhận)"
    r"|[Ss]ân vận động|[Nn]hà thi đấu"
    r"|[Qq]uảng trường|[Kk]hách sạn|[Kk]hu nghỉ dưỡng|[Kk]hu du lịch|[Nn]hà hát|[Bb]ảo tàng|[Cc]ông viên"
    r"|[Pp]hòng họp|[Hh]ội trường|[Đđ]iểm tiếp nhận|UBND|Sở|Phòng|[Tt]rường"
    r"|[Bb]ệnh viện|[Tt]rạm)"
)
WHERE = re.compile(
    r"(?:diễn ra|tổ chức|[Nn]ộp(?: (?:hồ sơ|đơn|giấy tờ)(?: đề nghị| đăng ký)?)?(?: trực tiếp)?"
    r"|nhận (?:hồ sơ|kết quả|thẻ|tiền)|đăng ký(?: trực tiếp)?"
    r"|[Ll]iên hệ|họp|khám|tiêm)\s(?:trực tiếp\s)?tại\s"
    rf"(?P<place>(?:khu vực\s)?{SITE_OF}\s(?!cách\b)[^,.;:()]{{2,70}}?){PLACE_END}"
    rf"|{DATE},?\stại\s(?P<venue>(?:khu vực\s)?{SITE_OF}\s[^,.;:()]{{2,70}}?){PLACE_END}"
    r"|[,;(]\s?địa điểm(?: [^\W\d]+){0,3}? tại\s(?P<spot>[^.;]{4,90}?)(?=[.;]|$)"
    r"|(?:Địa điểm|Địa chỉ|Nơi nộp)(?: [^\W\d]+){0,4}:\s(?P<named>[^.;]{4,90}?)(?=[.;]|$)"
    # Of an office, not of a house that the article is about.
    r"|\b(?:(?<!thông )báo|liên hệ|nộp|gửi|nhận|tổ chức|diễn ra)\b"
    r"(?:(?!thi công|công trình|dự án|ngôi nhà|căn nhà|căn hộ|nhà ở)[^.;]){0,120}?\stại địa chỉ:?\s"
    r"(?P<address>(?:số\s)?\d+[\w/]*\s[^.;:()]{4,90}?)"
    r"(?=,?\s(?:điện thoại|ĐT|email|hoặc|để|trước|từ|do)\b|[.;)]|$)"
    rf"|tại\s(?P<town>[{UPPER}]\w+(?:\s[{UPPER}]\w+){{0,3}})\s(?:sẽ\s|đã\s)?diễn ra"
)
# Where people are to go.
GOAL = re.compile(
    rf"\b(?:[Nn]gười dân|[Cc]ông dân|[Pp]hụ huynh|[Tt]hí sinh|cần|(?<!không )phải|vui lòng|mời)\s(?:hãy\s)?"
    rf"(?:đến|tới)\s(?P<goal>{SITE_OF}\s(?:(?!để\b|mà\b)[^,.;:()]){{2,70}}?)"
    r"(?=\s(?:để\s)?(?:nộp|làm (?:thủ tục|lại)|đăng ký|tiêm|khám|nhận|đổi|kê khai|được hướng dẫn|liên hệ)\b)"
)
# In which town or region: told where the matter is.
TOWN = re.compile(
    r"\b(?:diễn ra|tổ chức|khai mạc)\s(?:ngày [\d/-]+ )?(?:tại|ở)\s"
    rf"(?P<town>(?:thành phố\s|thị xã\s|tỉnh\s|huyện\s|thủ đô\s)?[{UPPER}][\w.]*(?:\s[{UPPER}]\w+){{0,3}})"
    r"(?=,?\s(?:(?:vào\s|từ\s|trong\s|hôm\s)?(?:ngày|sáng|chiều|tối|hai ngày|\d)|nhằm|với|để|do)\b|\.?$)"
)
AMOUNT = (
    r"\d[\d.,]*\s?(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s?(?:đồng|USD|đ)\b"
    r"(?:\s?/\s?[^\W_]+(?:\s(?!mức)[^\W\d_]+)?){0,2}"
)
FEE = re.compile(
    rf"\b(?:lệ phí|học phí|viện phí|phí|giá vé|mức thu|tiền vé"
    rf"|mức đóng)\b(?![^.;]{{0,60}}(?:không phải|miễn))"
    rf"(?:(?!phạt|có thể|hiện hành)[^.;\d]){{0,60}}?(?:là|mức|:|thu|bằng|bán là|ở mức|phải nộp"
    rf"|không quá|tối đa|xuống(?: còn)?|còn|từ)\s"
    rf"(?P<amount>(?:\d[\d.,]*(?:\s(?:nghìn|ngàn|triệu))?(?:\sđồng)?\s(?:đến|-|–)\s)?{AMOUNT})",
    re.IGNORECASE,
)
# The amount beside its name: "Lệ phí cấp lại 30.000 đồng".
PRICE = re.compile(
    rf"\b(?:[Ll]ệ phí|[Hh]ọc phí|[Vv]iện phí|[Gg]iá vé|[Tt]iền vé|[Mm]ức (?:phí|thu))"
    r"(?: (?!đã|sẽ|bị|có|phạt|hiện hành)[^\W\d_]+){0,4} "
    rf"(?P<amount>(?![\d.,]+\s?(?:tỷ|tỉ)){AMOUNT})"
)
# That there is none to pay is worth as much to know.
FREE = re.compile(
    r"(?:^|(?<=[,;] ))[Kk]hông (?:thu|mất|phải (?:nộp|đóng|trả))"
    r" (?:bất (?:kỳ|cứ) )?(?:khoản )?(?:lệ )?phí\b"
    r"|\b(?:[Ll]ệ phí|[Pp]hí)(?: [^\W\d_]+){0,4}: (?:[Kk]hông(?: thu)?|[Mm]iễn phí)(?=[.;)]|$)"
    r"|\bhoàn toàn miễn phí\b|(?:(?:^|(?<=[,;:] ))[Mm]iễn|\bđược miễn) (?:lệ phí|học phí|viện phí)\b"
)
# "Kinh phí", "chi phí" are what something costs the state.
NOT_FEE = re.compile(r"(?:kinh|chi|lãng|học bổng|đảng)\s$|\bthuế\b", re.IGNORECASE)

PHONE = re.compile(
    r"(?<![-&/])\b(?:điện thoại|đt|sđt|hotline|đường dây nóng|tổng đài|số máy|tel|zalo"
    r"|di động)\b(?![^\d]*năm)(?:[^\d.;]|24/7){0,40}?"
    # Seven digits or more, or a short number for all ("1022"): "13-11" is a day.
    r"(?P<phone>(?=(?:\D{0,2}\d){7})\(?\+?\d{2,4}\)?(?:[ .-]?\d{1,4}){1,4}|\b1\d{2,3}\b)(?![\dxX*/-]|\s?(?:tỷ"
    r"|triệu|đồng|người|%))",
    re.IGNORECASE,
)
# A number of this form is nothing else where somebody is to be asked.
MOBILE = re.compile(
    r"\b(?:[Ll]iên hệ|[Gg]ọi|[Gg]ặp|[Nn]hắn tin)\b[^.;\d]{0,80}?"
    r"(?P<phone>0[235789]\d{1,2}(?:[ .]?\d{3}){2}\d{0,2})(?![\d/])"
)
# Bounded (RFC 1035: 63 characters a label), and never from the middle of a word: no text makes these slow.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
SITE = re.compile(
    # Named as a source it is no place to go: "theo trang mạng www…".
    r"(?<!trang mạng )(?<!theo )(?:https?://|www\.)[^\s,;)<>\"”]+[^\s,;)<>\"”.]"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,5}(?:gov|edu|org)\.vn(?:/[^\s,;)<>\"”]*[^\s,;)<>\"”.])?"
    r"|(?:trang web|website|trang thông tin)(?: tại)?:?\s"
    r"(?P<site>(?:[\w-]{1,63}\.){1,4}(?:vn|com|net|info))\b",
    re.IGNORECASE,
)

# Only with what it is about: "đối tượng" alone is as often a suspect.
AUDIENCE = re.compile(
    r"Đối tượng (?:áp dụng|tham gia|dự thi|dự tuyển|tuyển sinh|tuyển dụng|(?:được )?hỗ trợ"
    r"|(?:thụ )?hưởng|miễn phí)"
    r"[^.;:]{0,30}?\s?(?:là|(?:bao )?gồm|:)(?: có)?:?\s(?P<audience>(?!các trường hợp sau)[^.;:]{6,140}?)"
    r"(?=[.;]|,\s(?:từ|kể từ|trong|với mức|thời gian)|\s(?:từ|kể từ)\s(?:ngày|tháng|năm)|$)"
    r"|(?:^|[.;]\s)Đối tượng:\s(?P<named>[^.;:]{6,140}?)(?=[.;]|$)"
    r"|\b(?:[Nn]ghị định|[Tt]hông tư|[Qq]uyết định|[Nn]ghị quyết|[Qq]uy (?:định|chế)|[Cc]hính sách"
    r"|[Mm]ức \w+)(?: này| trên)? (?:được )?áp dụng (?:đối với|cho) (?P<bound>[^.;:]{6,140}?)"
    r"(?=[.;]|,?\s(?:từ|kể từ)\s(?:ngày|tháng|năm)|$)"
    # Who "is allowed", "is exempt" is no suspect.
    r"|\b[Đđ]ối tượng(?: [^\W\d]+){0,3} (?:được(?! cho là)|thuộc diện)(?: [^\W\d]+){1,14}?"
    r" (?:bao gồm|gồm|là)(?: có)?:?\s"
    r"(?P<allowed>[^.;:]{6,140}?)(?=[.;:]|$)"
)
# Whom to tell, with where or by which number.
TELL = re.compile(
    r"(?:^|, |\b(?:xin|vui lòng|hãy|thì|đề nghị|cần|có thể) )"
    r"(?P<action>(?:[Bb]áo(?: tin)?|[Ll]iên hệ|[Pp]hản ánh)(?: ngay)? (?:cho|đến|tới|với|về|qua)\s"
    r"[^.;]{4,200}?(?:điện thoại|địa chỉ|hotline|đường dây nóng)[^;]{3,100}?)(?=[.;](?:\s|$)|$)"
    # Who knows something is asked to tell it.
    r"|\b(?:[Aa]i|[Nn]gười nào|[Cc]á nhân(?: nào)?)\s[^.;]{3,150}?\s(?:thì |hãy |đề nghị )"
    r"(?:khẩn trương |nhanh chóng )?"
    r"(?P<report>(?:thông báo|báo|báo tin|liên hệ)(?: ngay)? (?:cho|với|đến|tới)\s[^.;]{4,150}?)(?=[.;]|$)"
)
CITIZENS = (
    r"(?:[Nn]gười dân|[Cc]ông dân|[Hh]ộ (?:dân|gia đình|kinh doanh)|[Tt]ổ chức, cá nhân|[Cc]á nhân"
    r"|[Pp]hụ huynh|[Tt]hí sinh|[Kk]hách hàng|[Cc]hủ (?:xe|hộ|thẻ|phương tiện|thuê bao)|[Cc]ử tri"
    r"|[Dd]oanh nghiệp|[Nn]gười lao động|[Nn]gười nộp thuế|[Hh]ọc sinh|[Bb]à con)"
)
ERRAND = r"(?:nộp|đăng ký|mang|liên hệ|truy cập|kê khai|gọi|khai báo|tra cứu|làm thủ tục|gửi|tải|xuất trình)"
ACTION = re.compile(
    rf"(?P<action>{CITIZENS}"
    r"(?:\s(?!không|chưa|khỏi|chẳng)[^\s,.;]+){0,6}?\s"
    r"(?:cần|phải|có thể|nên|vui lòng)\s(?:\w+\s)?"
    rf"{ERRAND}\s(?:[^.;]|\.(?=\w)){{4,150}}?)(?=[.;](?!\w)|$)"
    # Asked for without a verb of duty: "Đề nghị người dân khai báo ...".
    rf"|(?:^|[.;,]\s)(?:[Kk]ính\s)?(?:[Đđ]ề nghị|[Mm]ời)\s(?:các\s)?(?P<asked>{CITIZENS}"
    r"(?:\s(?!không|chưa|khỏi|chẳng)[^\s,.;]+){0,6}?\s"
    rf"{ERRAND}\s(?:[^.;]|\.(?=\w)){{4,150}}?)(?=[.;](?!\w)|$)"
)
# "... theo quyết định của UBND thành phố vừa ban hành".
# "... nêu trong kết luận của Thanh tra Chính phủ", where the matter is told first.
IN_ORDER = re.compile(
    r"\b(?:kết luận|quyết định|chỉ thị|công điện|nghị quyết)"
    r"(?: (?:thanh tra|kiểm tra|mới đây|số [\w/ -]{1,25}))? của\s"
    rf"(?P<who>{BODY}{NOUNS}{{0,10}}?|{OFFICE}{NOUNS}{{0,12}}?)"
    r"(?=[,.]|\s(?:về|công bố|ban hành|vừa|mới|ngày|cho)\b)"
)
BY_ORDER = re.compile(
    r"\btheo (?:nghị quyết|quyết định|chỉ thị|công điện)(?: [^\W\d]+){0,2} (?:của|do)\s"
    rf"(?P<who>{BODY}{NOUNS}{{0,10}}?)\s(?:vừa|mới|đã)\s(?:được\s)?(?:ban hành|ký)\b"
)
# "Theo quyết định của UBND tỉnh, ...".
ACCORDING = re.compile(
    r"Theo (?:nghị quyết|quyết định|chỉ thị|công điện|quy định|công văn|kế hoạch|hướng dẫn)"
    r"(?: [^\W\d]+){0,2} của\s"
    rf"(?P<who>{BODY}(?!,){NOUNS}{{0,10}}?),"
)
# What was or will be held, with its place: "tổ chức ngày 7/9/2019, tại Quảng trường …".
HELD = re.compile(
    r"\b(?:tổ chức|diễn ra|khai mạc|khai giảng)\s(?:vào\s|lúc\s)*"
    rf"(?P<when>{DATE}),?\stại\s(?:khu vực\s)?{SITE_OF}\s"
)
# A tariff of several amounts ("hộ có 1-3 con thu ...; 3-5 con ...") is no single fee.
TARIFF = re.compile(
    rf"{AMOUNT}[^.]{{0,20}};|{AMOUNT}[^.]*?[;,][^.]*?\b(?:mức thu|mức đóng|(?<!gian )thu)\b", re.IGNORECASE
)
# What may stand before the date that opens a sentence: nothing, or who does something that day.
SUBJECT = re.compile(rf"(?:(?:{BODY}|{OFFICE}|Ông|Bà)\s[^,.;:]{{2,60}}\s)?")
