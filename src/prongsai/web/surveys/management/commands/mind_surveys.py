"""Close surveys that are over, count those that are counted each month. To be run every night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from prongsai.web.agencies import walking
from prongsai.web.agencies.models import Agency
from prongsai.web.surveys.services.nightly import mind
from prongsai.web.surveys.services.sweeping import sweep_keys


class Command(BaseCommand):
    """Keep practice surveys out of the official ones, close, count, and destroy keys that nothing needs."""

    help = "ปิดการสำรวจที่หมดเวลา เว้นช่วงสำรวจทางการ นับการสำรวจที่เปิดทั้งปีเมื่อขึ้นเดือนใหม่ และทำลายกุญแจที่ไม่ใช้แล้ว"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code of one agency."""
        walking.add_agency(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was done in each agency, never how anybody answered."""

        def look_after(agency: Agency) -> None:
            for line in mind(agency):
                self.stdout.write(f"{agency}: {line}")

        with translation.override("th"):
            broken = walking.walk(self, walking.asked_for(options), look_after)
        self.stdout.write(f"ทำลายกุญแจที่ไม่ใช้แล้ว {sweep_keys()} ดอก")
        walking.refuse(broken)
