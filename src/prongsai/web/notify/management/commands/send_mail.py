"""Try unsent mail again. To be run every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from prongsai.web.agencies.accounts import mail_is_set
from prongsai.web.notify.services import send_due


class Command(BaseCommand):
    """Send what is due."""

    help = "ส่งจดหมายที่ยังไม่ออกอีกครั้ง"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many left and how many did not."""
        if not mail_is_set():
            self.stderr.write("ยังไม่ได้ตั้งเซิร์ฟเวอร์อีเมล (PRONGSAI_SMTP_HOST)")
            return
        sent, failed = send_due()
        self.stdout.write(f"ส่งแล้ว {sent} ฉบับ ยังส่งไม่ได้ {failed} ฉบับ")
