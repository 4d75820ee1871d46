"""Walk an office's whole present site and propose which page answers which item."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.disclosure.services.inspecting import walk
from prongsai.web.disclosure.services.watching import home_of

PAGES = 2000


class Command(BaseCommand):
    """``walk_site 05160101 ita-2569 [--home URL] [--pages N]``."""

    help = "เดินดูเว็บไซต์ปัจจุบันของหน่วยงานทั้งเว็บ แล้วเสนอว่าหน้าใดตอบข้อใด"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take agency and framework, home page and the most pages."""
        parser.add_argument("agency", help="รหัส อปท. ๘ หลัก")
        parser.add_argument("cycle", help="กรอบการประเมิน เช่น ita-2569")
        parser.add_argument("--home", default="", help="หน้าแรกของเว็บไซต์ ไม่ใส่ = ที่หน่วยงานบันทึกไว้")
        parser.add_argument("--pages", type=int, default=PAGES, help="จำนวนหน้าสูงสุด")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, keep what was found, and say how much it was."""
        agency = Agency.objects.filter(code=options["agency"]).first()
        cycle = Cycle.objects.filter(agency=agency, framework_id=options["cycle"]).first() if agency else None
        if agency is None or cycle is None:
            raise CommandError("ไม่พบหน่วยงานหรือรอบการประเมินนี้")
        scope = system_scope(agency)
        home = options["home"] or home_of(scope)
        try:
            found = walk(scope, cycle=cycle, home=home, limit=options["pages"], seconds=None)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except ProngsaiError as refusal:
            raise CommandError(refusal.one_line) from refusal
        self.stdout.write(f"เปิดดู {found.pages} หน้า เหลือ {found.left} หน้า เสนอ {found.found} หน้า")
