"""Count anew what mentor offices see. To be run every night for all, every hour with ``--changed``."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.models import Agency
from prongsai.web.mentor.services import refreshing

SAY_EVERY = 500
_log = logging.getLogger(__name__)
# What data that nobody expected may raise; its agency is told, and the others go on.
_BROKEN = (
    *(ProngsaiError, DatabaseError, ObjectDoesNotExist, LookupError, ValueError, TypeError),
    *(AttributeError, AssertionError, ArithmeticError),
)


class Command(BaseCommand):
    """Count one agency after another, each by itself: what is broken in one stops no other."""

    help = "คำนวณภาพรวมที่หน่วยงานพี่เลี้ยงเห็นใหม่ ทีละหน่วยงาน"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether only what changed, and one agency."""
        parser.add_argument("--changed", action="store_true", help="เฉพาะหน่วยงานที่มีการเปลี่ยนแปลงตั้งแต่คำนวณครั้งก่อน")
        parser.add_argument("--agency", help="รหัส อปท. ๘ หลัก (ไม่ใส่: ทุกหน่วยงานที่เข้าร่วม)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and say how many there were; fail at the end where any was broken."""
        agencies = refreshing.changed() if options["changed"] else refreshing.taking_part()
        if options["agency"]:
            agencies = agencies.filter(code=options["agency"])
        broken, done = [], 0
        for pk, code in list(agencies.order_by("code").values_list("pk", "code")):
            if not self._counted(pk, code):
                broken.append(code)
            done += 1
            if done % SAY_EVERY == 0:
                self.stdout.write(f"คำนวณแล้ว {done} หน่วยงาน")
        self.stdout.write(f"คำนวณแล้ว {done - len(broken)} หน่วยงาน")
        if broken:
            raise CommandError(f"คำนวณไม่ได้ {len(broken)} หน่วยงาน: {', '.join(broken[:20])}")

    def _counted(self, pk: int, code: str) -> bool:
        try:
            refreshing.refresh(agency=Agency.objects.get(pk=pk))
        except _BROKEN as fault:
            _log.warning("standings of agency %s: %s", pk, type(fault).__name__)
            self.stderr.write(f"{code}: {type(fault).__name__}")
            return False
        return True
