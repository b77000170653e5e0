"""What the days around a key fact look like, in regular expressions: when, from when to when, until when.

The slices that are values have names; what is no value has none, or is named as a sign ("latest"). None has
two unbounded repetitions side by side: no text makes them slow.
"""

from __future__ import annotations

import re

DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?|\d{1,2}\stháng\s\d{1,2}(?:\snăm\s\d{4})?"
HOUR = r"\d{1,2}\s?(?:h|giờ)\s?(?:\d{2})?(?:\s?phút)?"
# A date as a person would read it out: with its hour and part of the day, and the word that makes it a date.
DATE = (
    r"(?:"
    rf"(?:(?:[Kk]hoảng\s)?{HOUR}\s)?(?:(?:[Ss]áng|[Tt]rưa|[Cc]hiều(?: tối)?|[Tt]ối|[Đđ]êm)\s(?:ngày\s)?"
    r"|(?:[Hh]ai\s|[Bb]a\s)?[Nn]gày\s(?:\d{1,2}\s?(?:và(?: ngày)?|,|-|–)\s?)?)"
    rf"(?:{DAY})(?![\d/])"
    rf"|(?:[Hh]ôm|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối) nay,?\s(?:\((?:{DAY})\)|(?:ngày\s)?(?:{DAY})(?![\d/])))"
)
WHEN = re.compile(DATE)
# A date after these words is the end or the beginning of something, or somebody's past.
NOT_WHEN = re.compile(
    r"(?:đến|tới|(?<!diễn ra )từ|trước|sau|hết|kể từ|sinh|hạn|(?:chậm|muộn|sớm) nhất"
    # What takes place or is announced "vào" a day is told of; other things that day are often its past.
    r"|(?<!diễn ra )(?<!công bố )(?<!khai mạc )(?<!ban hành )(?<!tổ chức )(?<!xảy ra )vào|tính đến|số|của"
    r"|và|ký|quyết định|công văn|văn bản|thông báo|nghị định|chỉ thị)\s(?:hết\s)?$"
    r"|\([^)]*$|số [^,]*$|(?:không|chưa) (?:diễn ra|công bố|tổ chức) vào $",
    re.IGNORECASE,
)
# From when something holds.
EFFECT = re.compile(
    r"\b(?:[Cc]ó hiệu lực(?: thi hành)?|hiệu lực của [^.;,\d]{3,60}|áp dụng|[Nn]gày hiệu lực(?: là)?:?)\s"
    r"(?:(?:bắt đầu\s)?(?:tính\s|kể\s)?)"
    rf"(?P<when>[Tt]ừ\s(?:{HOUR}\s)?(?:ngày\s)?(?:{DAY}))(?![\d/-]|\s(?:đến|tới)\s(?!khi))"
)
DAYS = (
    rf"(?:[Kk]ể )?[Tt]ừ\s(?:{HOUR}\s)?(?:ngày\s)?(?:\d{{1,2}}(?:[/-]\d{{1,2}}(?:[/-]\d{{4}})?)?"
    rf"\s(?:đến|tới)\s(?:hết\s)?(?:{HOUR}\s)?(?:ngày\s)?(?:{DAY})(?![\d/])"
    r"|\d{1,2}\s?[-–]\s?\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/-]))"
    # Hours of one day.
    rf"|[Tt]ừ\s{HOUR}\s(?:đến|tới|-|–)\s{HOUR},?\s(?:ngày\s)?(?:{DAY})(?![\d/])"
)
# Words without a number, then what is to come.
THEN = r"(?=,?\s(?:(?!đến|tới)[^\W\d]+,?\s){1,8}(?:sẽ|bắt đầu|tạm (?:ngưng|ngừng|dừng))\b)"
# From one day to another, with a word that tells that something is going on then; statistics count such
# days too.
PERIOD = re.compile(
    r"\b(?:diễn ra|kéo dài|tổ chức|thăm|dự|họp|nghỉ|ngừng|ngưng|dừng|mất (?:điện|nước)|cấm|tạm|thi|khai mạc"
    rf"|áp dụng|đăng ký|nộp|nhận|thực hiện|kỳ họp|đóng cửa|mở cửa|sẽ)\b[^.;:(]{{0,100}}?(?P<when>{DAYS})"
    rf"|\b(?P<opening>{DAYS}){THEN}|^(?P<first>{DAYS})"
)
# What ceases, opens or is forbidden from a day on is told with it, whether it is still to come or not.
BEGINS = re.compile(
    r"(?:^|\b[Bb]ắt đầu\s|\bsẽ\s[^.;,:\d]{3,80}\s"
    r"|\b(?:(?:tạm\s)?(?:ngừng|ngưng|dừng|đình chỉ)|đóng cửa|mở cửa|cấm|chính thức)\s(?:[^.;,:\d]{3,60}\s)?)"
    rf"(?P<when>[Tt]ừ\s(?:{HOUR}\s(?:sáng\s|trưa\s|chiều\s|tối\s)?)?(?:ngày\s)?(?:{DAY}))"
    r"(?![\d/-]|\s(?:đến|tới)\s(?!khi))"
)
# How long something holds, and from when: "bị cấm ... có thời hạn 2 năm, kể từ ngày ...".
TERM = re.compile(rf"\bthời hạn\s\d+\s(?:năm|tháng|ngày),?\s(?P<when>kể từ ngày\s(?:{DAY}))(?![\d/])")
# "Từ ngày 15-12 nhiều tuyến đường sẽ cấm đỗ xe"; or a time that is named as such.
COMING = re.compile(
    r"(?:^|[,:]\s|\b(?:biết|rằng|thì),?\s)"
    rf"(?P<when>[Tt]ừ\s(?:ngày\s)?(?:{DAY}))(?![\d/]){THEN}"
    rf"|(?:^|[.;]\s)Thời gian(?: [^.;:\d]{{0,50}})?:?\s(?P<named>{DAYS})"
    rf"|(?:^|[.;]\s)Thời gian(?: [^.;:\d]{{0,50}})?:\s(?P<at>(?:[Tt]ừ\s|[Vv]ào\s|[Ll]úc\s)?(?:{HOUR},?\s)?"
    rf"(?:ngày\s)?(?:{DAY}))(?![\d/])"
    # Whoever hands something in wants to know from when to when, wherever the article says so.
    rf"|\b(?:nộp|đăng ký|nhận (?:hồ sơ|đơn|tiền|thẻ|kết quả))\b[^.;:(]{{0,60}}?\s(?P<open>{DAYS})"
    # How long something is still to be had.
    r"|\b(?:kéo dài|diễn ra|mở cửa|trưng bày|tổ chức|phục vụ|hoạt động|áp dụng|duy trì)\b[^.;,:\d]{0,60}?\s"
    rf"(?P<till>đến (?:hết )?(?:ngày )(?:{DAY}))(?![\d/])"
    rf"|\b(?:biết|hay|rằng),?\s(?P<told>[Tt]ừ\s(?:ngày\s)?(?:{DAY}))(?=,\s)"
)
# At the beginning of an article "kể từ ngày" tells the same; later it as often dates something else.
SINCE = re.compile(
    rf"(?:^|[\s,])(?P<when>[Kk]ể từ ngày\s(?:{DAY}))(?![\d/]|\s(?:đến|tới)\s(?!khi)|,?\s(?:sau|khi))"
)
# When something takes place that is still to come.
EVENT = re.compile(
    rf"(?:sẽ|sắp tới|[Dd]ự kiến|khai giảng|khai mạc)\b(?:(?!không|chưa)[^,.;:]){{0,150}}?"
    rf"(?:diễn ra|khai giảng|khai mạc|tổ chức|công bố(?: [^\W\d]+){{0,3}}|khai trương|khánh thành|thông xe"
    rf"|khởi công|ra mắt|bỏ phiếu)\s(?:vào\s|lúc\s|từ\s)+(?:cuối\s)?(?P<when>(?:{HOUR}\s)?{DATE})"
)
# Where the first sentence names no day, the second or third may, with its part of the day or as that of an
# event.
LATER = re.compile(
    rf"(?:^|,\s)(?P<when>(?:{HOUR}\s)?(?:[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối)\s(?:ngày\s)?(?:{DAY}))(?=,)"
    r"|\b(?:họp|gặp|[Hh]ội nghị|[Hh]ội thảo|[Bb]uổi \w+|[Ll]ễ|[Pp]hiên)\b[^,.;:]{0,100}\s(?:vào\s)?"
    rf"(?P<met>(?:{HOUR}\s)?(?:sáng|trưa|chiều|tối)\s(?:ngày\s)?(?:{DAY}))(?![\d/])"
    rf"|(?<!không )\b(?:diễn ra|khai mạc|tổ chức|công bố)\s(?:(?:vào|lúc)\s|từ\s(?={HOUR}))?"
    rf"(?P<held>(?:{HOUR}\s)?{DATE})"
)
# Every week or month: "thứ ba hằng tuần", "ngày 15 hằng tháng".
EVERY = re.compile(
    r"\b(?:[Tt]iếp (?:công )?dân|làm việc|nhận|trả|khám|tiêm|mở cửa|họp|tổ chức|diễn ra|thu|nghỉ)\b"
    r"[^.;\d]{0,60}?\s"
    r"(?P<when>(?:(?:các\s)?ngày\s\d{1,2}(?:(?:,|\svà)\s(?:ngày\s)?\d{1,2}){0,3}\s(?:hằng|hàng|mỗi)\stháng"
    r"|(?:[Tt]hứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|[Cc]hủ nhật)"
    r"(?:(?:,|\svà|\sđến|\s?-)\s?(?:thứ\s\w+|chủ nhật)){0,4}\s(?:hằng|hàng|mỗi)\stuần))\b",
    re.IGNORECASE,
)
# What follows a day that is only the beginning.
TILL = re.compile(r"\s(?:đến|tới)\s(?:hết\s|ngày\s|\d)")
PAST = re.compile(
    r"\b(?:[Tt]rước (?:kia|đây|đó)|hồi|năm (?:ngoái|trước))\b|(?:^|, )(?:[Đđ]ến|[Tt]ới) $|“[^”]*$"
)
AGO = re.compile(r"^(?:Trước đó|Hồi|Năm ngoái|Cách đây)")

UNTIL = rf"(?:là\s|vào\s|trong\s|không quá\s|đến\s|hết\s)*(?:{HOUR}\s)?(?:ngày\s)?"
SPAN = (
    r"\d+\s(?:ngày làm việc|ngày|tháng|tuần|giờ)(?! trước)"
    r"(?:,?\s(?:kể từ|sau khi|tính từ|từ)\s[^,.;]{3,60})?"
)
DEADLINE = re.compile(
    r"(?P<latest>(?:chậm|muộn|trễ) nhất|không (?:chậm|muộn|trễ) (?:hơn|quá)"
    r"|\bhạn (?:chót|cuối(?: cùng)?|nộp|đăng ký)(?:[^,.;\d]{0,40}?(?:là|đến|trước|:))?)"
    rf"\s(?P<last>{UNTIL}(?:{DAY})(?![\d/]))"
    rf"|(?:trước|đến hết|hết)\s{UNTIL}(?P<date>(?:{DAY})(?![\d/])|\d{{1,2}}\s(?:hằng|hàng|mỗi)\stháng)"
    r"|\b(?:trước\s(?:cuối\s)?|(?:đến |(?<=là ))hết\s)"
    r"(?P<month>tháng\s\d{1,2}(?:[/-]\d{4}|\snăm\s(?:nay|\d{4}))?)(?![/-]?\d)"
    r"|(?:chậm nhất|muộn nhất|không quá|trong thời hạn|trong vòng)"
    rf"\s(?:là\s|trong\s|không quá\s|sau\s)*(?P<span>{SPAN})",
    re.IGNORECASE,
)
# "không quá 3 ngày" of an illness is no deadline; these words show that somebody has to do something.
DUE = re.compile(
    r"\b(?:nộp|hoàn thành|hoàn tất|báo cáo|gửi|đăng ký|trình|thực hiện|giải quyết|trả|nhận"
    r"|xong|phải|khắc phục|tháo dỡ"
    r"|bố trí|kê khai|xử lý|hạn|đổi|đóng|thanh toán|di dời|bổ sung|bàn giao|công khai|góp ý)\b",
    re.IGNORECASE,
)
# "trong vòng 30 ngày" is as often how long something took or will hold.
WITHIN = re.compile(r"\btrong vòng", re.IGNORECASE)
BOUND = re.compile(r"\b(?:phải|yêu cầu|buộc|đề nghị|hạn|nộp)\b", re.IGNORECASE)
# The duty may come after its day: "chậm nhất trong 30 ngày phải báo cáo".
THEN_DUE = re.compile(r"[^.;]{0,60}(?<!sẽ )\bphải\b")
# The end of a time that is named as one for handing in: "Thời gian nộp hồ sơ sẽ kết thúc vào ngày ...".
ENDS = re.compile(
    r"\b(?:[Tt]hời (?:gian|hạn)|[Đđ]ợt|[Vv]iệc)\s(?:tiếp )?(?:nộp|nhận|đăng ký|thu|kê khai|xét tuyển)\b"
    rf"[^.;]{{0,150}}?\b(?:kết thúc|đóng|hết hạn)\s(?P<deadline>(?:vào\s|lúc\s)*(?:{HOUR}\s)?"
    rf"(?:ngày\s)?(?:{DAY}))(?![\d/])"
    r"|\b[Tt]hời (?:gian (?=giải quyết|trả kết quả|xử lý hồ sơ)|hạn )"
    r"(?:nộp|nhận|đăng ký|lĩnh|giải quyết|trả|thanh toán|khiếu nại|kháng cáo|góp ý|xử lý"
    rf"|hoàn thành|báo cáo|giao)\b[^.;\d]{{0,80}}?(?:là|:|tối đa|không quá)\s(?P<span>{SPAN})",
)
