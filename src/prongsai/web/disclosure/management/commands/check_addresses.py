"""Look at the addresses that are due. To be run every few minutes, or kept running with ``--keep-on``."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.services.checking import WORKERS, Ran, check_due


class Command(BaseCommand):
    """Look at what is due and tell who must know. It may be stopped at any time."""

    help = "ตรวจที่อยู่เว็บจากภายนอกที่ถึงรอบ และแจ้งผู้เกี่ยวข้อง"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code of one agency, a limit, and whether to go on."""
        parser.add_argument("--agency", help="รหัส อปท. ๘ หลัก (ไม่ใส่: ทุกหน่วยงาน)")
        parser.add_argument("--limit", type=int, help="ตรวจไม่เกินกี่ที่อยู่")
        parser.add_argument("--workers", type=int, default=WORKERS, help="ตรวจพร้อมกันกี่ที่อยู่")
        parser.add_argument(
            "--keep-on", type=int, metavar="นาที", help="ทำต่อไปเรื่อย ๆ ทุกกี่นาที (แทน cron หรือ Task Scheduler)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was done."""
        agency = self._agency(options["agency"])
        try:
            while True:
                self._say(check_due(limit=options["limit"], agency=agency, workers=options["workers"]))
                if not options["keep_on"]:
                    return
                connections.close_all()  # the database may be restarted while we sleep
                time.sleep(options["keep_on"] * 60)
        except KeyboardInterrupt:
            self.stdout.write("หยุดแล้ว ที่ตรวจไปเก็บไว้ครบ ที่เหลือตรวจรอบหน้า")

    def _say(self, ran: Ran) -> None:
        self.stdout.write(f"ตรวจ {ran.looked} ที่อยู่ ผู้ประเมินเปิดไม่ได้ {ran.faults} แจ้งทางอีเมล {ran.told} ฉบับ")
        self.stdout.flush()

    def _agency(self, code: str | None) -> Agency | None:
        if code is None:
            return None
        found = Agency.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"ไม่มีหน่วยงานรหัส {code}")
        return found
