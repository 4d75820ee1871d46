"""Shred the reports whose day has come, and remove sealed files that belong to none. To be run every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from prongsai.web.agencies import walking
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.models import Message, Report, SealedFile
from prongsai.web.complaints.services import store
from prongsai.web.complaints.services.holders import drop_copies
from prongsai.web.complaints.services.shredding import due_offices, shred_of

_TABLES = (Report, Message, SealedFile)


class Command(BaseCommand):
    """Empty what expired, let the database forget it too, sweep up what a broken upload or a holder who left left."""

    help = "ทำลายข้อมูลเรื่องร้องเรียนการทุจริตที่ครบกำหนด และเก็บกวาดไฟล์ปิดผนึกที่ไม่มีเจ้าของ"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many were shredded; no number of any."""
        day, count = timezone.localdate(), 0

        def shred(agency: Agency) -> None:
            nonlocal count
            count += shred_of(agency, day)

        broken = walking.walk(self, due_offices(day), shred)
        swept = store.sweep(day)
        drop_copies()
        if count:
            _forget()
        self.stdout.write(f"ทำลายแล้ว {count} เรื่อง เก็บกวาด {swept} ไฟล์")
        walking.refuse(broken)


def _forget() -> None:
    """Have the database drop what it keeps of changed rows: in its log (SQLite) or its tables (PostgreSQL)."""
    if connection.in_atomic_block:  # neither can be done inside a transaction
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for model in _TABLES:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
