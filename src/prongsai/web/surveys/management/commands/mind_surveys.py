"""Close surveys that are over, count those that are counted each month. To be run every night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from prongsai.web.agencies.models import Agency
from prongsai.web.surveys.services.nightly import mind
from prongsai.web.surveys.services.sweeping import sweep_keys


class Command(BaseCommand):
    """Keep practice surveys out of the official ones, close, count, and destroy keys that nothing needs."""

    help = "ปิดการสำรวจที่หมดเวลา เว้นช่วงสำรวจทางการ นับการสำรวจที่เปิดทั้งปีเมื่อขึ้นเดือนใหม่ และทำลายกุญแจที่ไม่ใช้แล้ว"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code of one agency."""
        parser.add_argument("--agency", help="รหัส อปท. ๘ หลัก (ไม่ใส่: ทุกหน่วยงาน)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was done in each agency, never how anybody answered."""
        agencies = Agency.objects.all()
        if options["agency"]:
            agencies = agencies.filter(code=options["agency"])
            if not agencies:
                raise CommandError(f"ไม่มีหน่วยงานรหัส {options['agency']}")
        with translation.override("th"):
            for agency in agencies:
                for line in mind(agency):
                    self.stdout.write(f"{agency}: {line}")
        self.stdout.write(f"ทำลายกุญแจที่ไม่ใช้แล้ว {sweep_keys()} ดอก")
