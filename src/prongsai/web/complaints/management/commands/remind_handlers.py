"""Send the standing mail to everybody who holds a key of a sealed channel. To be run once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.services.reminders import remind_holders


class Command(BaseCommand):
    """Mail on Mondays and Thursdays; on other days, and a second time on one day, nothing happens."""

    help = "เตือนผู้ถือกุญแจช่องทางแจ้งเรื่องทุจริตให้ตรวจดู ทุกวันจันทร์และวันพฤหัสบดี โดยไม่มีเลขที่เรื่อง"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code of one agency."""
        parser.add_argument("--agency", help="รหัส อปท. ๘ หลัก (ไม่ใส่: ทุกหน่วยงาน)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many mails each agency has."""
        agencies = Agency.objects.all()
        if options["agency"]:
            agencies = agencies.filter(code=options["agency"])
            if not agencies:
                raise CommandError(f"ไม่มีหน่วยงานรหัส {options['agency']}")
        for agency in agencies:
            self.stdout.write(f"{agency}: {remind_holders(agency)} ฉบับ")
