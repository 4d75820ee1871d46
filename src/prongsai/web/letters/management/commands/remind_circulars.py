"""Remind those who have not acknowledged circulars whose day has come. To be run once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from prongsai.web.agencies import walking
from prongsai.web.agencies.models import Agency
from prongsai.web.letters.services.circulars import remind_due


class Command(BaseCommand):
    """Keep one mail a person with all that waits; ``send_mail`` sends them. A second run on one day does nothing."""

    help = "เตือนผู้ที่ยังไม่รับทราบหนังสือเวียนที่ถึงวันเตือน คนละหนึ่งฉบับต่อวัน"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code of one agency, and the address of the platform for the links."""
        walking.add_agency(parser)
        parser.add_argument("--address", default="", help="ที่อยู่ของระบบ เช่น https://prongsai.example.go.th")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many mails each agency has; of many those that have any."""

        def remind(agency: Agency) -> None:
            mails = remind_due(agency, home=options["address"])
            if mails or options["agency"]:
                self.stdout.write(f"{agency}: {mails} ฉบับ")

        walking.refuse(walking.walk(self, walking.asked_for(options), remind))
