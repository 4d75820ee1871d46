"""Send the standing mail to everybody who holds a key of a sealed channel. To be run once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from prongsai.web.agencies import walking
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.services.reminders import remind_holders


class Command(BaseCommand):
    """Mail on Mondays and Thursdays; on other days, and a second time on one day, nothing happens."""

    help = "เตือนผู้ถือกุญแจช่องทางแจ้งเรื่องทุจริตให้ตรวจดู ทุกวันจันทร์และวันพฤหัสบดี โดยไม่มีเลขที่เรื่อง"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code of one agency."""
        walking.add_agency(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many mails each agency has; of many those that have any."""

        def remind(agency: Agency) -> None:
            mails = remind_holders(agency)
            if mails or options["agency"]:
                self.stdout.write(f"{agency}: {mails} ฉบับ")

        walking.refuse(walking.walk(self, walking.asked_for(options), remind))
