"""The page that all examples serve."""

from __future__ import annotations

PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Lịch tiếp công dân tháng 4 - Trang thông tin xã</title>
</head>
<body>
<h1>Lịch tiếp công dân tháng 4</h1>
<p class="date">(08:46 | 15/03/2019)</p>
<div class="article-body">
<p>Ủy ban nhân dân xã thông báo lịch tiếp công dân định kỳ trong tháng 4 tại trụ sở của xã.</p>
<p>Chủ tịch xã tiếp công dân vào sáng thứ Hai hằng tuần, từ 7 giờ 30 đến 11 giờ. Người dân đến trực tiếp
hoặc gửi đơn qua bưu điện đều được ghi nhận và trả lời bằng văn bản.</p>
<p>Khi đến, người dân mang theo giấy tờ tùy thân và các giấy tờ có liên quan đến việc cần trình bày. Cán bộ
tiếp dân sẽ hướng dẫn viết đơn nếu cần, không thu bất kỳ khoản phí nào.</p>
<p>Mọi thắc mắc xin liên hệ văn phòng Ủy ban nhân dân xã trong giờ làm việc.</p>
</div>
</body>
</html>
"""
NEWS = [{"title": "Lịch tiếp công dân tháng 4", "address": "/tin-tuc/1"}]
