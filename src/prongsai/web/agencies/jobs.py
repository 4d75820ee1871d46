"""What is done in the background for accounts."""

from datetime import time

from prongsai.web.work.plan import Daily, Planned, add, command

add(Planned("clearsessions", "ลบการเข้าสู่ระบบที่หมดอายุ", command("clearsessions"), Daily(time(3, 20))))
