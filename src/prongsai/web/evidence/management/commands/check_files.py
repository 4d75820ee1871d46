"""Check every kept file against its hash."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prongsai.web.agencies.models import Agency
from prongsai.web.evidence import checks


class Command(BaseCommand):
    """Say which files are missing or damaged, and which bytes nobody names; end with 1 for the first two."""

    help = "ตรวจไฟล์หลักฐานทุกไฟล์กับค่าแฮชที่บันทึกไว้"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the code of one agency, or check all."""
        parser.add_argument("--agency", help="รหัส อปท. ๘ หลัก (ไม่ใส่: ทุกหน่วยงาน)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check."""
        agencies = Agency.objects.all()
        if options["agency"]:
            agencies = agencies.filter(code=options["agency"])
        faults = sum(self._check(agency) for agency in agencies)
        if faults:
            raise CommandError(f"มีไฟล์สูญหายหรือเสียหาย {faults} ไฟล์ กู้จากข้อมูลสำรอง หรือแนบไฟล์เดิมอีกครั้ง")

    def _check(self, agency: Agency) -> int:
        found = checks.check_files(agency)
        words = (("สูญหาย", found.missing), ("เสียหาย", found.damaged), ("ไม่มีรายการอ้างถึง", found.orphans))
        self.stdout.write(f"{agency.code} {agency.name}: ถูกต้อง {found.whole} ไฟล์")
        for word, names in words:
            for name in names:
                self.stdout.write(f"  {word}: {name}")
        return len(found.missing) + len(found.damaged)
